import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  BANNED_IN_DOMAIN,
  LINES_MAX,
  MAY_IMPORT,
  MAY_START_PROGRAMS,
  ONLY_IN,
  PURE_ROOMS,
} from './architecture/rules.ts';
import { importsOf, ROOT, readRooms, type SourceFile } from './architecture/source.ts';

const files = readRooms();
const product = files.filter((file) => !file.is_test);

/** The package part of a specifier: `@scope/name/deep` → `@scope/name`, `fastify/lib` → `fastify`. */
function packageOf(specifier: string): string {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] as string);
}

function offences(candidates: readonly SourceFile[], offence: (file: SourceFile) => string[]): string[] {
  return candidates.flatMap((file) => offence(file).map((what) => `${file.path}: ${what}`));
}

describe('the architecture, read from the source', () => {
  it('finds the rooms it is meant to judge', () => {
    expect([...new Set(files.map((file) => file.room))].sort()).toEqual(Object.keys(MAY_IMPORT).sort());
    expect(product.length).toBeGreaterThan(100);
  });

  it('reads every form of import', () => {
    const text = `import a from 'one';\nimport type { b } from "two";\nexport * from './three.ts';\nimport {\n  c,\n} from 'four';\nimport 'five';\nconst d = await import('six');`;
    expect(importsOf(text)).toEqual(['one', 'two', './three.ts', 'four', 'five', 'six']);
  });

  it('lets a room import only the rooms its row allows', () => {
    const wrong = offences(product, (file) =>
      file.imports
        .filter((specifier) => specifier.startsWith('@minhchung/'))
        .map((specifier) => packageOf(specifier).slice('@minhchung/'.length))
        .filter((name) => !MAY_IMPORT[file.room]?.includes(name)),
    );
    expect(wrong).toEqual([]);
  });

  it('never reaches into another room by a relative path', () => {
    const wrong = offences(product, (file) =>
      file.imports.filter((specifier) => {
        if (!specifier.startsWith('.')) return false;
        const target = join(file.path, '..', specifier);
        return !target.startsWith(`${file.room}/`);
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('has no files that import one another in a circle', () => {
    const imports = new Map(
      product.map((file) => {
        const own = file.imports.filter((specifier) => specifier.startsWith('.'));
        return [file.path, own.map((specifier) => join(file.path, '..', specifier))];
      }),
    );
    const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
      (imports.get(from) ?? []).some((next) => {
        if (next === to) return true;
        if (seen.has(next)) return false;
        seen.add(next);
        return reaches(next, to, seen);
      });
    expect([...imports.keys()].filter((path) => reaches(path, path))).toEqual([]);
  });

  it('declares in package.json what product code imports', () => {
    const wrong = offences(product, (file) => {
      const manifest = JSON.parse(readFileSync(join(ROOT, file.room, 'package.json'), 'utf8')) as {
        name: string;
        dependencies?: Record<string, string>;
        devDependencies?: Record<string, string>;
      };
      return file.imports
        .filter((specifier) => !specifier.startsWith('.') && !specifier.startsWith('node:'))
        .map(packageOf)
        .filter((name) => name !== manifest.name && !(name in (manifest.dependencies ?? {})));
    });
    expect(wrong).toEqual([]);
  });

  it('keeps every outside library in its one home', () => {
    const wrong = offences(product, (file) =>
      file.imports
        .map(packageOf)
        .filter((name) => name in ONLY_IN && !ONLY_IN[name]?.some((home) => file.path.startsWith(home))),
    );
    expect(wrong).toEqual([]);
  });

  it('keeps the pure rooms free of built-in modules, clocks and chance', () => {
    const pure = product.filter((file) => (PURE_ROOMS as readonly string[]).includes(file.room));
    const builtins = offences(pure, (file) =>
      file.imports.filter((specifier) => specifier.startsWith('node:')),
    );
    const calls = offences(pure, (file) =>
      BANNED_IN_DOMAIN.filter((pattern) => pattern.test(file.text)).map(String),
    );
    expect([...builtins, ...calls]).toEqual([]);
  });

  it('starts programs only where hostile input to them is guarded', () => {
    const wrong = offences(product, (file) =>
      file.imports.filter(
        (specifier) =>
          specifier === 'node:child_process' &&
          !MAY_START_PROGRAMS.some((home) => file.path.startsWith(home)),
      ),
    );
    expect(wrong).toEqual([]);
  });

  it('keeps SQL in the store', () => {
    const sql = /\b(select\s+[\w*.,\s]+\s+from|insert\s+into|update\s+\w+\s+set|delete\s+from)\b/i;
    const wrong = offences(
      product.filter((file) => file.room !== 'packages/store'),
      (file) => (sql.test(file.text) ? ['SQL outside packages/store'] : []),
    );
    expect(wrong).toEqual([]);
  });

  it('has no file longer than two screens and a bit', () => {
    expect(
      files.filter((file) => file.line_count > LINES_MAX).map((file) => `${file.path}: ${file.line_count}`),
    ).toEqual([]);
  });

  it('has no skipped, focused or empty test', () => {
    const wrong = offences(
      files.filter((file) => file.is_test),
      (file) =>
        [...file.text.matchAll(/\b(?:it|test|describe)\.(?:skip|only|todo)\b|expect\(true\)/g)].map(
          ([hit]) => hit,
        ),
    );
    expect(wrong).toEqual([]);
  });

  it('gives every room a README', () => {
    expect(Object.keys(MAY_IMPORT).filter((room) => !existsSync(join(ROOT, room, 'README.md')))).toEqual([]);
  });
});
