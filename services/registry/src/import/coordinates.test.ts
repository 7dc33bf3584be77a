import fc from 'fast-check';
import { expect, test } from 'vitest';
import { coordinatesOf, degreesOf, isSwapped } from './coordinates.ts';

test.each([
  '19.8066,105.7852',
  '19.8066, 105.7852',
  '19,8066; 105,7852',
  '19,8066 105,7852',
  '19,8066, 105,7852',
  '(19.8066; 105.7852)',
  '19.8066°, 105.7852°',
  '19.8066 N, 105.7852 E',
  'N19.8066 E105.7852',
  'Vĩ độ: 19,8066; kinh độ: 105,7852',
  'lat 19.8066 long 105.7852',
  '19°48\'23.76"N 105°47\'06.72"E',
  '19° 48′ 23,76″ N, 105° 47′ 6,72″ E',
  '19°48\'23.76" 105°47\'06.72"',
  '19 độ 48 phút 23,76 giây; 105 độ 47 phút 6,72 giây',
  "19°48.396'N, 105°47.112'E",
  'https://www.google.com/maps?q=19.8066,105.7852',
  'https://www.google.com/maps/place/X/@19.9,105.9,17z/data=!3m1!4b1!4m5!3d19.8066!4d105.7852',
  'https://www.google.com/maps/@19.8066,105.7852,17z',
  'https://maps.google.com/?ll=19.8066,105.7852&z=15',
])('%s is one place', (text) => {
  const place = coordinatesOf(text);
  expect(place?.latitude_deg).toBeCloseTo(19.8066, 6);
  expect(place?.longitude_deg).toBeCloseTo(105.7852, 6);
});

test.each([
  '',
  'gần chợ',
  '19.8066',
  '19,8066,105',
  'https://maps.app.goo.gl/abc',
  '19°75\'0"N 105°0\'0"E',
  '1 2 3 4',
])('%j is no place', (text) => {
  expect(coordinatesOf(text)).toBeNull();
});

test('one number may be decimal or in degrees, minutes and seconds', () => {
  expect(
    ['19,8066', '19.8066°', '19.8066 độ', '-5.5', '19°48\'23.76"N', '19.80.67', 'x'].map(degreesOf),
  ).toEqual([19.8066, 19.8066, 19.8066, -5.5, expect.closeTo(19.8066, 9), null, null]);
});

test('exchanged numbers are told from places elsewhere', () => {
  const swapped = (latitude_deg: number, longitude_deg: number) => isSwapped({ latitude_deg, longitude_deg });
  expect([swapped(105.7, 19.8), swapped(19.8, 105.7), swapped(48.1, 11.5), swapped(0, 0)]).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

test('every place in Vietnam is read back from every way of writing it', () => {
  const micro = (min: number, max: number) =>
    fc.integer({ min: min * 1e6, max: max * 1e6 }).map((value) => value / 1e6);
  fc.assert(
    fc.property(micro(8, 24), micro(102, 118), (latitude_deg, longitude_deg) => {
      const [a, b] = [latitude_deg.toFixed(6), longitude_deg.toFixed(6)];
      const comma = (text: string) => text.replace('.', ',');
      for (const text of [
        `${a},${b}`,
        `${comma(a)}; ${comma(b)}`,
        `${comma(a)} ${comma(b)}`,
        `?q=${a},${b} maps`,
      ]) {
        expect(coordinatesOf(text)).toEqual({ latitude_deg, longitude_deg });
      }
    }),
  );
});

test('no text takes long or throws', () => {
  const parts = fc.constantFrom(
    '19',
    '.',
    ',',
    '°',
    "'",
    '"',
    'N',
    'E',
    ' ',
    '-',
    ';',
    '8066',
    'độ',
    '@',
    '!3d',
    '/',
  );
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 200 }), (words) => {
      coordinatesOf(words.join(''));
      degreesOf(words.join(''));
    }),
  );
});
