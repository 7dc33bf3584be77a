import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ERROR_CATALOGUE } from './index.ts';

const entries = Object.entries(ERROR_CATALOGUE);
/** Names of what is filled in; `_vi` and `_en` mark details that are themselves in one language. */
const placeholders = (text: string) =>
  [...new Set([...text.matchAll(/\{(\w+?)(?:_vi|_en)?\}/g)].map((match) => match[1]))].sort();

describe('the error catalogue', () => {
  it.each(entries)('%s says the same things in both languages', (_code, { text, status }) => {
    expect(placeholders(text.vi)).toEqual(placeholders(text.en));
    expect(text.vi.trim()).not.toBe('');
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
  });
  it('is written in composed Vietnamese with its diacritics', () => {
    for (const [code, { text }] of entries) {
      expect(text.vi, code).toBe(text.vi.normalize('NFC'));
      expect(text.vi, code).toMatch(/[ăâđêôơưàáảãạèéẻẽẹìíỉĩịòóỏõọùúủũụỳýỷỹỵấầẩẫậắằẳẵặếềểễệốồổỗộớờởỡợứừửữự]/i);
    }
  });
  it('has each code once, over all its files', () => {
    const codes = readdirSync(import.meta.dirname)
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .flatMap((name) => [
        ...readFileSync(join(import.meta.dirname, name), 'utf8').matchAll(/^ {2}([A-Z][A-Z0-9_]+): \{/gm),
      ])
      .map((match) => match[1]);
    expect(codes.filter((code, i) => codes.indexOf(code) !== i)).toEqual([]);
    expect(codes.length).toBe(entries.length);
  });
});
