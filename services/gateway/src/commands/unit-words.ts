import { CodedError, formatVietnam, startOfVietnamDay } from '@minhchung/domain';
import { newIdAt } from '../people/performed.ts';

/** Whoever runs the command at this machine, now. */
export function operator() {
  const now_ms = Date.now();
  return { by: { actor: null, now_ms }, newId: () => newIdAt(now_ms) };
}

/** The beginning of a day as it was typed. Throws `TIME_INVALID`. */
export function dayOf(text: string): number {
  const day_ms = startOfVietnamDay(text);
  if (day_ms === null)
    throw new CodedError('TIME_INVALID', { text: text.slice(0, 40), expected: '2025-07-01' });
  return day_ms;
}

/** A moment as short as it can be told: `01/07/2025`, with the hour when it is not midnight. */
export function shortTime(at_ms: number | null): string {
  if (at_ms === null) return '';
  const text = formatVietnam(at_ms);
  return text.endsWith(' 00:00:00') ? text.slice(0, 10) : text;
}
