import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './architecture/source.ts';

/** A page's text without code blocks and comments, in which links and headings are no links and headings. */
function prose(path: string): string {
  return readFileSync(path, 'utf8')
    .replace(/^```[\s\S]*?^```/gm, '')
    .replace(/<!--[\s\S]*?-->/g, '');
}

/** Every Markdown page of the project, those not committed yet included. */
function pages(): string[] {
  const listed = execFileSync('git', ['ls-files', '-coz', '--exclude-standard', '*.md'], { cwd: ROOT });
  return [...new Set(listed.toString().split('\0').filter(Boolean))]
    .map((path) => join(ROOT, path))
    .filter((path) => existsSync(path));
}

/** The anchor that a heading gets. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
}

function anchors(path: string): string[] {
  return [...prose(path).matchAll(/^#{1,6} (.+)$/gm)].map((match) => anchorOf(match[1] ?? ''));
}

describe('the documentation', () => {
  it('is there to be judged', () => {
    const names = pages().map((path) => relative(ROOT, path));
    expect(names).toContain('README.md');
    expect(names.length).toBeGreaterThan(30);
  });

  it('has a title on every page', () => {
    const without = pages().filter((path) => !/^# \S/.test(readFileSync(path, 'utf8')));
    expect(without.map((path) => relative(ROOT, path))).toEqual([]);
  });

  it('links only to what is there', () => {
    const broken = pages().flatMap((path) =>
      [...prose(path).matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link = '']) => {
        if (/^[a-z]+:/.test(link)) return [];
        const [file = '', anchor] = link.split('#');
        const target = file === '' ? path : resolve(dirname(path), decodeURIComponent(file));
        const is_there =
          existsSync(target) &&
          (anchor === undefined || anchors(target).includes(decodeURIComponent(anchor)));
        return is_there ? [] : [`${relative(ROOT, path)}: ${link}`];
      }),
    );
    expect(broken).toEqual([]);
  });

  it('lists every page of docs in its index', () => {
    const index = readFileSync(join(ROOT, 'docs/README.md'), 'utf8');
    const listed = ['design', 'guide', 'ref', 'decisions'].flatMap((folder) =>
      readdirSync(join(ROOT, 'docs', folder)).map((name) => `${folder}/${name}`),
    );
    expect(listed.filter((path) => !index.includes(`(${path})`))).toEqual([]);
  });

  it('numbers decisions without gaps', () => {
    const numbers = readdirSync(join(ROOT, 'docs/decisions')).map((name) => Number(name.slice(0, 4)));
    expect(numbers.sort((a, b) => a - b)).toEqual(numbers.map((_, n) => n + 1));
  });
});
