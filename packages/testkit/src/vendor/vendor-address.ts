import type { Span } from '@minhchung/domain';
import type { SimulatedVendor } from './vendor-options.ts';

/** What an address asks for: calendar fields and seconds taken as if they were UTC. */
export interface AskedPlayback {
  readonly channel: number;
  readonly written: Span;
}

const FORMS: Readonly<Record<SimulatedVendor, RegExp>> = {
  hikvision: /^\/Streaming\/tracks\/(\d+)01\/?\?starttime=(\d{8}T\d{6})z(?:&endtime=(\d{8}T\d{6})z)?/i,
  dahua: /^\/cam\/playback\?channel=(\d+)&starttime=([\d_]{19})(?:&endtime=([\d_]{19}))?/,
  uniview: /^\/c(\d+)\/b(\d+)\/e(\d+)\/replay\/?/,
  generic: /^\/play\/(\d+)\/(\d{13})(?:-(\d{13}))?/,
};

/** Reads the address of a request by the maker's own form; null for any other. */
export function readVendorAddress(vendor: SimulatedVendor, uri: string): AskedPlayback | null {
  const path = /^rtsps?:\/\/[^/]+(\/.*)$/i.exec(uri)?.[1] ?? '';
  const match = FORMS[vendor].exec(path);
  if (match === null) return null;
  const start_ms = readTime(vendor, match[2]!);
  const end_ms = match[3] === undefined ? Number.MAX_SAFE_INTEGER : readTime(vendor, match[3]);
  return { channel: Number(match[1]), written: { start_ms, end_ms } };
}

function readTime(vendor: SimulatedVendor, text: string): number {
  if (vendor === 'uniview') return Number(text) * 1000;
  if (vendor === 'generic') return Number(text);
  const digits = text.replaceAll(/\D/g, '');
  const [year, month, day, hour, minute, second] = [
    digits.slice(0, 4),
    ...Array.from({ length: 5 }, (_, n) => digits.slice(4 + 2 * n, 6 + 2 * n)),
  ].map(Number);
  return Date.UTC(year!, month! - 1, day, hour, minute, second);
}
