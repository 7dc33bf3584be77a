import type { Position } from '@minhchung/domain';

/** Degrees with point or comma, as far apart as people write them: `19.8066`, `19,8066°`, `105,7852 độ`. */
const DECIMAL = /^[+-]?\d{1,3}(?:[.,]\d{1,20})?$/;
const DEGREES_MINUTES = /^(\d{1,3})°(\d{1,2}(?:[.,]\d{1,10})?)'(?:(\d{1,2}(?:[.,]\d{1,10})?)")?$/;
/** What map programs put into the addresses of places, the place itself before the middle of the picture. */
const IN_ADDRESS = [
  /!3d(-?\d{1,3}\.\d+)!4d(-?\d{1,3}\.\d+)/,
  /[?&](?:q|query|ll|daddr|destination)=(?:loc:)?(-?\d{1,3}\.\d+)(?:,|%2c)\+?(-?\d{1,3}\.\d+)/i,
  /\/(-?\d{1,3}\.\d+),\+?(-?\d{1,3}\.\d+)(?:[/?]|$)/,
  /@(-?\d{1,3}\.\d+),(-?\d{1,3}\.\d+)/,
];
const NUMBER_COMMA_NUMBER = /^([+-]?\d{1,3}[.,]\d{1,20})\s*[;,\s]\s*([+-]?\d{1,3}[.,]\d{1,20})$/;

/** The country and its seas, roughly: enough to see that two numbers were exchanged. */
const VIETNAM = { south_deg: 6, north_deg: 24, west_deg: 101, east_deg: 118 } as const;

/**
 * One number of degrees: decimal, or degrees, minutes and seconds; a letter of the compass beside it says nothing
 * that the column does not. Null: not a number of degrees. The range is the caller's business.
 */
export function degreesOf(text: string): number | null {
  const bare = tidied(text)
    .replace(/^[NE]|[NE]$/i, '')
    .trim();
  const number = bare.replace(/\s*°$/, '');
  if (DECIMAL.test(number)) return Number(number.replace(',', '.'));
  const parts = DEGREES_MINUTES.exec(bare.replace(/\s+/g, ''));
  if (parts === null) return null;
  const [degrees, minutes, seconds] = parts
    .slice(1)
    .map((part) => Number((part ?? '0').replace(',', '.'))) as [number, number, number];
  return minutes < 60 && seconds < 60 ? degrees + minutes / 60 + seconds / 3_600 : null;
}

/**
 * Two numbers of degrees in one text, latitude first, as people copy them from a map: `19,8066; 105,7852`,
 * `19.8066,105.7852`, `19°48'23.8"N 105°47'06.7"E`, the address of a place. Null: not recognised.
 */
export function coordinatesOf(text: string): Position | null {
  const address = /https?:\/\/|maps/i.test(text) ? fromAddress(text) : null;
  if (address !== null) return address;
  const bare = tidied(text.replace(/vĩ độ|kinh độ|latitude|longitude|lat|long|lon|lng|[:()[\]]/gi, ' '));
  const plain = NUMBER_COMMA_NUMBER.exec(bare);
  if (plain !== null) return pair(plain[1]!, plain[2]!);
  for (const halves of [
    bare.split(';'),
    bare.split(/(?<=[NS"])[\s,]*(?=[NE+-]?\d)/i),
    bare.split(/,\s|\s+/),
  ]) {
    const written = halves.map((half) => half.trim().replace(/,$/, '')).filter((half) => half !== '');
    const found = written.length === 2 ? pair(written[0]!, written[1]!) : null;
    if (found !== null) return found;
  }
  return null;
}

/** True when the numbers fit Vietnam exchanged, and do not as they stand. */
export function isSwapped({ latitude_deg, longitude_deg }: Position): boolean {
  return (
    !isInVietnam({ latitude_deg, longitude_deg }) &&
    isInVietnam({ latitude_deg: longitude_deg, longitude_deg: latitude_deg })
  );
}

function isInVietnam({ latitude_deg, longitude_deg }: Position): boolean {
  const { south_deg, north_deg, west_deg, east_deg } = VIETNAM;
  return (
    latitude_deg >= south_deg &&
    latitude_deg <= north_deg &&
    longitude_deg >= west_deg &&
    longitude_deg <= east_deg
  );
}

function fromAddress(text: string): Position | null {
  for (const pattern of IN_ADDRESS) {
    const found = pattern.exec(text);
    if (found !== null) return pair(found[1]!, found[2]!);
  }
  return null;
}

function pair(first: string, second: string): Position | null {
  const latitude_deg = degreesOf(first);
  const longitude_deg = degreesOf(second);
  return latitude_deg === null || longitude_deg === null ? null : { latitude_deg, longitude_deg };
}

/** One sign for each of the many that look alike. */
function tidied(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[‘’´`′]/g, "'")
    .replace(/[“”″]|''/g, '"')
    .replace(/º/g, '°')
    .replace(/\s*độ\s*/gi, '° ')
    .replace(/\s*phút\s*/gi, "' ")
    .replace(/\s*giây\s*/gi, '" ')
    .replace(/\s+/g, ' ')
    .replace(/ ?([°'"]) ?(?=[\d NSE'"]|$)/gi, '$1')
    .trim();
}
