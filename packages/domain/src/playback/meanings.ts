import type { Span } from '../span.ts';
import type { PlaybackFinding, TimeSemantics } from '../vocabulary/playback.ts';
import { ZONE_OFFSET_MIN_MAX } from './limits.ts';
import { semanticsOfForm, type TimeForm } from './time-forms.ts';

/** What a device may take the time in its address for. */
export type TimeMeaning = Pick<PlaybackFinding, 'semantics' | 'zone_offset_min'>;

/** Vietnam, and the zone that most recorders leave the factory with; each also with the sign of POSIX zones. */
const LIKELY_ZONES_MIN = [7 * 60, -7 * 60, 8 * 60, -8 * 60] as const;

/** How far what is written in the address is ahead of the device's UTC, in milliseconds. */
export function leadOfMeaning_ms({ semantics, zone_offset_min }: TimeMeaning): number {
  return isLocal(semantics) ? zone_offset_min * 60_000 : 0;
}

/** A span of the device's UTC as its address writes it. */
export function writtenSpan(device_span: Span, meaning: TimeMeaning): Span {
  const lead_ms = leadOfMeaning_ms(meaning);
  return { start_ms: device_span.start_ms + lead_ms, end_ms: device_span.end_ms + lead_ms };
}

/**
 * Everything that a form of time may mean on a device: UTC, and local time of every likely zone; a zone the device
 * states, in minutes, with either sign.
 */
export function candidateMeanings(form: TimeForm, stated_zone_min: number | null): TimeMeaning[] {
  const { utc, local } = semanticsOfForm(form);
  const zones = zonesToConsider(stated_zone_min);
  return [
    { semantics: utc, zone_offset_min: 0 },
    ...zones.map((zone_offset_min) => ({ semantics: local, zone_offset_min })),
  ];
}

/** Zones a device may count in, in minutes, without UTC itself. */
export function zonesToConsider(stated_zone_min: number | null): number[] {
  const stated =
    stated_zone_min === null || Math.abs(stated_zone_min) > ZONE_OFFSET_MIN_MAX
      ? []
      : [stated_zone_min, -stated_zone_min];
  return [...new Set([...stated, ...LIKELY_ZONES_MIN])].filter((zone) => zone !== 0);
}

function isLocal(semantics: TimeSemantics): boolean {
  return semantics !== 'utc' && semantics !== 'unix_utc';
}
