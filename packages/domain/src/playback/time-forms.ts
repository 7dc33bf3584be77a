import { msToCivil, zeroPadded } from '../time/civil-time.ts';
import type { TimeSemantics } from '../vocabulary/playback.ts';

/**
 * How makers write an instant: `20261122T080910Z`, `2026-11-22T08:09:10Z`, `2026_11_22_08_09_10`, `20261122080910`,
 * `20261122_080910.250`, seconds and milliseconds since 1970.
 */
export const TIME_FORMS = [
  'compact_z',
  'iso_z',
  'underscore',
  'compact',
  'compact_ms',
  'unix_s',
  'unix_ms',
] as const;
export type TimeForm = (typeof TIME_FORMS)[number];

/** True for the name of a form. */
export function isTimeForm(text: string): text is TimeForm {
  return (TIME_FORMS as readonly string[]).includes(text);
}

/** Meanings that a form can have: one in UTC, one in local time. */
export function semanticsOfForm(form: TimeForm): {
  readonly utc: TimeSemantics;
  readonly local: TimeSemantics;
} {
  if (form === 'compact_z' || form === 'iso_z') return { utc: 'utc', local: 'local_written_as_utc' };
  if (form === 'unix_s' || form === 'unix_ms') return { utc: 'unix_utc', local: 'unix_local' };
  return { utc: 'utc', local: 'device_local' };
}

/** Whole seconds, or milliseconds. */
export function resolutionOfForm_ms(form: TimeForm): 1 | 1000 {
  return form === 'compact_ms' || form === 'unix_ms' ? 1 : 1000;
}

/** Writes an instant given as milliseconds since 1970 of the clock that the device is to read it by. */
export function writeTime(ms: number, form: TimeForm, rounding: 'floor' | 'ceil'): string {
  const step_ms = resolutionOfForm_ms(form);
  const rounded_ms = Math[rounding](ms / step_ms) * step_ms;
  if (form === 'unix_s') return String(rounded_ms / 1000);
  if (form === 'unix_ms') return String(rounded_ms);
  const t = msToCivil(rounded_ms);
  const [date, time] = [
    [zeroPadded(t.year, 4), zeroPadded(t.month, 2), zeroPadded(t.day, 2)],
    [zeroPadded(t.hour, 2), zeroPadded(t.minute, 2), zeroPadded(t.second, 2)],
  ] as const;
  switch (form) {
    case 'compact_z':
      return `${date.join('')}T${time.join('')}Z`;
    case 'iso_z':
      return `${date.join('-')}T${time.join(':')}Z`;
    case 'underscore':
      return [...date, ...time].join('_');
    case 'compact':
      return [...date, ...time].join('');
    default:
      return `${date.join('')}_${time.join('')}.${zeroPadded(t.millisecond, 3)}`;
  }
}
