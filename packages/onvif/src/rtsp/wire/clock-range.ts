import { msToCivil, type Span, zeroPadded } from '@minhchung/domain';

/**
 * The `Range` value for absolute time: `clock=20261122T080000.000Z-20261122T080100.000Z` (RFC 2326, 3.7; ONVIF
 * Streaming 6.3). Neither dashes nor colons inside a time: servers that meet them answer 400.
 */
export function clockRange(device_span: Span): string {
  return `clock=${utcTime(device_span.start_ms)}-${utcTime(device_span.end_ms)}`;
}

function utcTime(ms: number): string {
  const t = msToCivil(ms);
  const date = `${zeroPadded(t.year, 4)}${zeroPadded(t.month, 2)}${zeroPadded(t.day, 2)}`;
  const time = `${zeroPadded(t.hour, 2)}${zeroPadded(t.minute, 2)}${zeroPadded(t.second, 2)}`;
  return `${date}T${time}.${zeroPadded(t.millisecond, 3)}Z`;
}
