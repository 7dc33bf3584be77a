import { type Bilingual, type ClockReadingMethod, civilToMs } from '@minhchung/domain';
import { find, textAt, type XmlElement } from '../xml/element.ts';
import { posixZoneOffset_ms } from './posix-zone.ts';

/** What the device says the time is, or why that cannot be known. */
export type StatedTime =
  | { readonly device_time_ms: number; readonly method: ClockReadingMethod }
  | { readonly unknown_because: Bilingual };

/**
 * Reads a `GetSystemDateAndTimeResponse` (ONVIF Core, 8.3.1). UTC where it is there and exists in the calendar;
 * else local time with a zone that is understood; else unknown, with the reason. Impossible dates are never
 * rolled over into possible ones.
 */
export function readSystemDateAndTime(response: XmlElement): StatedTime {
  const stated = find(response, 'SystemDateAndTime');
  const utc = civilTimeOf(find(stated, 'UTCDateTime'));
  if (typeof utc === 'number') return { device_time_ms: utc, method: 'onvif_utc' };
  const local = civilTimeOf(find(stated, 'LocalDateTime'));
  if (typeof local !== 'number') {
    return { unknown_because: utc.problem === MISSING ? local.problem : utc.problem };
  }
  const zone = textAt(stated, 'TimeZone', 'TZ') ?? textAt(stated, 'TimeZone');
  if (zone === null) return { unknown_because: NO_ZONE };
  const daylight = textAt(stated, 'DaylightSavings')?.toLowerCase();
  const offset_ms = posixZoneOffset_ms(zone, daylight === 'true' || daylight === '1');
  if (offset_ms === null) {
    const short = zone.slice(0, 40);
    return {
      unknown_because: {
        vi: `không hiểu được múi giờ "${short}" của nó`,
        en: `its time zone "${short}" cannot be understood`,
      },
    };
  }
  return { device_time_ms: local - offset_ms, method: 'onvif_local' };
}

const MISSING: Bilingual = { vi: 'nó không cho biết giờ', en: 'it states no time' };
const NO_ZONE: Bilingual = {
  vi: 'nó cho giờ địa phương mà không có múi giờ',
  en: 'it states local time without a time zone',
};

function civilTimeOf(element: XmlElement | undefined): number | { readonly problem: Bilingual } {
  if (element === undefined || element.children.length === 0) return { problem: MISSING };
  const field = (...path: [string, string]) => {
    const text = textAt(element, ...path);
    return text !== null && /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  };
  const fields = {
    year: field('Date', 'Year'),
    month: field('Date', 'Month'),
    day: field('Date', 'Day'),
    hour: field('Time', 'Hour'),
    minute: field('Time', 'Minute'),
    second: field('Time', 'Second'),
  };
  const ms = civilToMs({ ...fields, millisecond: 0 });
  if (ms !== null) return ms;
  const { year, month, day, hour, minute, second } = fields;
  const stated = `${year}-${month}-${day} ${hour}:${minute}:${second}`;
  return {
    problem: { vi: `ngày giờ ${stated} của nó không tồn tại`, en: `its date ${stated} does not exist` },
  };
}
