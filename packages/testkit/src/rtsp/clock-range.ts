import type { Span } from '@minhchung/domain';

const UTC_TIME = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(?:\.(\d{1,9}))?Z$/;

/**
 * Reads `Range: clock=19991231T120010.5Z-19991231T120020Z` (RFC 2326 3.7, ONVIF Streaming 6.3). An open end gives
 * the largest time; `npt` ranges mean everything. Null for a range that cannot be meant.
 */
export function readClockRange(header: string): Span | null {
  const [unit, range = ''] = header.split(';')[0]!.split('=');
  if (unit === 'npt') return { start_ms: 0, end_ms: Number.MAX_SAFE_INTEGER };
  const [start, end] = range.split('-');
  const start_ms = readUtcTime(start ?? '');
  const end_ms = end ? readUtcTime(end) : Number.MAX_SAFE_INTEGER;
  if (unit !== 'clock' || start_ms === null || end_ms === null) return null;
  return { start_ms, end_ms };
}

/** `clock=` of a span as recorders echo it: cut to whole seconds. */
export function formatClockRange(span: Span): string {
  return `clock=${formatUtcTime(span.start_ms)}-${formatUtcTime(span.end_ms)}`;
}

function readUtcTime(text: string): number | null {
  const match = UTC_TIME.exec(text);
  if (!match) return null;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number);
  const fraction_ms = Number(`0.${match[7] ?? 0}`) * 1000;
  return Date.UTC(year!, month! - 1, day, hour, minute, second) + fraction_ms;
}

function formatUtcTime(time_ms: number): string {
  return `${new Date(time_ms).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}
