/**
 * Offset of a POSIX TZ string (IEEE Std 1003.1, 8.3) as milliseconds to *add* to UTC for local time: `ICT-7`
 * is +07:00, for POSIX counts westward. Null for everything it does not understand: an offset is never guessed.
 * `is_daylight` is what the device says of itself now; the rule after the names is not evaluated.
 */
export function posixZoneOffset_ms(zone: string, is_daylight: boolean): number | null {
  if (/^(UTC|GMT|Z)$/i.test(zone.trim())) return is_daylight ? null : 0;
  // `GMT+07:00` is 7 hours west for POSIX and 7 hours east for the makers who write it: nobody can tell.
  if (/^(UTC|GMT)[+-]?\d*[1-9]/i.test(zone.trim())) return null;
  const match = ZONE.exec(zone.trim());
  if (match === null) return null;
  const standard_ms = hoursToMs(match.groups!.offset!);
  if (standard_ms === null) return null;
  if (!is_daylight || match.groups!.daylight === undefined) return is_daylight ? null : standard_ms;
  const stated = match.groups!.daylight_offset;
  return stated === undefined ? standard_ms + 3_600_000 : hoursToMs(stated);
}

const NAME = '(?:[A-Za-z]{3,10}|<[A-Za-z0-9+-]{3,10}>)';
const OFFSET = '[+-]?\\d{1,2}(?::\\d{2}){0,2}';
const ZONE = new RegExp(
  `^${NAME}(?<offset>${OFFSET})(?:(?<daylight>${NAME})(?<daylight_offset>${OFFSET})?(?:,[^,]{1,20},[^,]{1,20})?)?$`,
);
const HOURS_MAX = 24;

function hoursToMs(text: string): number | null {
  const [hours, minutes = 0, seconds = 0] = text.replace(/^[+-]/, '').split(':').map(Number);
  if (hours! > HOURS_MAX || minutes > 59 || seconds > 59) return null;
  const west_ms = (hours! * 3600 + minutes * 60 + seconds) * 1000;
  return text.startsWith('-') ? west_ms : -west_ms + 0;
}
