import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the repository. */
export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** One source file of a room (`packages/x` or `services/x`) and what it imports. */
export interface SourceFile {
  /** Path relative to the repository, with forward slashes. */
  readonly path: string;
  /** `packages/domain`, `services/poller`, … */
  readonly room: string;
  readonly text: string;
  readonly line_count: number;
  /** Import specifiers as written, type imports included. */
  readonly imports: readonly string[];
  readonly is_test: boolean;
}

const IMPORT = /(?:^|\n)\s*(?:import|export)\s(?:[^'"`;]*?\sfrom\s)?['"]([^'"]+)['"]/g;
const DYNAMIC_IMPORT = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

/** The import specifiers of a TypeScript source, static and dynamic. */
export function importsOf(text: string): string[] {
  return [...text.matchAll(IMPORT), ...text.matchAll(DYNAMIC_IMPORT)].map((match) => match[1] as string);
}

function* filesBelow(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === 'node_modules' || entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else if (/\.tsx?$/.test(entry.name)) yield path;
  }
}

/** Every TypeScript file of every room. */
export function readRooms(): SourceFile[] {
  return ['packages', 'services'].flatMap((group) =>
    readdirSync(join(ROOT, group)).flatMap((name) =>
      [...filesBelow(join(ROOT, group, name))].map((absolute): SourceFile => {
        const path = relative(ROOT, absolute).split(sep).join('/');
        const text = readFileSync(absolute, 'utf8');
        return {
          path,
          room: `${group}/${name}`,
          text,
          line_count: text.split('\n').length,
          imports: importsOf(text),
          is_test: /\.test\.tsx?$/.test(path) || path.split('/')[2] === 'test',
        };
      }),
    ),
  );
}
