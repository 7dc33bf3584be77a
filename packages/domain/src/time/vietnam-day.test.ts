import { expect, test } from 'vitest';
import { startOfVietnamDay } from './vietnam-day.ts';

test('a day begins at midnight in Vietnam, however it is written', () => {
  const first_of_july = Date.UTC(2025, 5, 30, 17);
  expect(startOfVietnamDay('01/07/2025')).toBe(first_of_july);
  expect(startOfVietnamDay('1.7.2025')).toBe(first_of_july);
  expect(startOfVietnamDay('2025-07-01')).toBe(first_of_july);
});

test.each(['', '31/02/2025', '2025-13-01', '01/07/25', '2025-07-01T00:00'])('%j is no day', (text) => {
  expect(startOfVietnamDay(text)).toBeNull();
});
