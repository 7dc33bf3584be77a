import { expect, test } from 'vitest';
import { parseSpanText, parseTimeText } from './span-text.ts';

const START_MS = Date.UTC(2026, 10, 22, 8, 4, 0);
const SPAN = { start_ms: START_MS, end_ms: START_MS + 60_000 };

test.each([
  '22/11/2026 15:04:00 - 22/11/2026 15:05:00',
  '22/11/2026 15:04 - 15:05',
  ' 22/11/2026 15:04 đến 15:05:00 ',
  '22/11/2026 15:04:00..22/11/2026 15:05:00',
  '2026-11-22T15:04:00+07:00/2026-11-22T15:05:00+07:00',
  '2026-11-22T08:04:00Z/2026-11-22T08:05:00.000Z',
  '2026-11-22T08:04:00Z..22/11/2026 15:05:00',
])('a span is read as people and programs write it: %s', (text) => {
  expect(parseSpanText(text)).toEqual(SPAN);
});

test('a single time is read in either form', () => {
  expect(parseTimeText('22/11/2026 15:04:00,250')).toBe(START_MS + 250);
  expect(parseTimeText('2026-11-22T15:04:00.25+07:00')).toBe(START_MS + 250);
});

test.each([
  '',
  '22/11/2026 15:04',
  '15:04 - 15:05',
  '22/11/2026 15:04 - 15:05 - 15:06',
  '2026-11-22/2026-11-23',
])('what is no span is refused: %s', (text) => {
  expect(() => parseSpanText(text)).toThrow(expect.objectContaining({ code: 'TIME_INVALID' }));
});
