import { SDP_LINES_MAX } from '../../limits.ts';
import { BrokenStream } from '../broken-stream.ts';

/** One `m=` section of a session description (RFC 8866), with the attributes a player needs. */
export interface SdpMedia {
  readonly kind: string;
  readonly payload_type: number;
  /** Encoding name of the rtpmap in upper case; empty where there is none. */
  readonly encoding: string;
  readonly clock_rate_hz: number;
  readonly channel_count: number;
  readonly control: string | null;
  /** Picture size beside the codec's own statement (`x-dimensions`, `framesize`); null where there is none. */
  readonly size: { readonly width: number; readonly height: number } | null;
  /** Parameters of the fmtp line, names in lower case. */
  readonly format: ReadonlyMap<string, string>;
}

export interface SessionDescription {
  readonly control: string | null;
  readonly media: readonly SdpMedia[];
}

interface Section {
  readonly kind: string;
  readonly payload_type: number;
  encoding: string;
  clock_rate_hz: number;
  channel_count: number;
  control: string | null;
  size: { readonly width: number; readonly height: number } | null;
  format: Map<string, string>;
}

const MEDIA = /^([a-z]{1,20}) \d{1,5}(?:\/\d+)? [A-Z/]{1,20} (\d{1,3})/;
const RTPMAP = /^(\d{1,3}) ([A-Za-z0-9._-]{1,40})\/(\d{1,7})(?:\/(\d{1,2}))?/;
const SIZE = /^a=(?:x-dimensions:|framesize:\d{1,3})\s*(\d{1,5})\s*[,-]\s*(\d{1,5})/;
const VIDEO_CLOCK_HZ = 90_000;
/** Payload types that need no rtpmap (RFC 3551, 6): encoding and clock rate. */
const STATIC_TYPES: ReadonlyMap<number, readonly [string, number]> = new Map([
  [0, ['PCMU', 8_000]],
  [3, ['GSM', 8_000]],
  [4, ['G723', 8_000]],
  [8, ['PCMA', 8_000]],
  [9, ['G722', 8_000]],
  [14, ['MPA', 90_000]],
  [15, ['G728', 8_000]],
  [18, ['G729', 8_000]],
  [26, ['JPEG', 90_000]],
]);

/** Reads an SDP. Unknown lines are passed over. Throws `BrokenStream` for what is no SDP. */
export function parseSdp(text: string): SessionDescription {
  const lines = text.split(/\r?\n/);
  if (lines.length > SDP_LINES_MAX) throw new BrokenStream('a session description that is too long');
  if (!text.trimStart().startsWith('v=')) throw new BrokenStream('a DESCRIBE answer that is no SDP');
  const media: Section[] = [];
  let session_control: string | null = null;
  for (const line of lines) {
    const section = media.at(-1);
    if (line.startsWith('m=')) {
      const match = MEDIA.exec(line.slice(2));
      if (match === null) throw new BrokenStream('a broken m= line in the SDP');
      media.push(sectionOf(match[1]!, Number(match[2])));
    } else if (line.startsWith('a=control:')) {
      const control = line.slice('a=control:'.length).trim();
      if (section === undefined) session_control = control;
      else section.control = control;
    } else if (line.startsWith('a=rtpmap:') && section !== undefined) {
      readRtpmap(section, line.slice('a=rtpmap:'.length));
    } else if (line.startsWith('a=fmtp:') && section !== undefined) {
      readFormat(section, line.slice('a=fmtp:'.length));
    } else if (section !== undefined) {
      const size = SIZE.exec(line);
      if (size !== null) section.size = { width: Number(size[1]), height: Number(size[2]) };
    }
  }
  return { control: session_control, media };
}

function sectionOf(kind: string, payload_type: number): Section {
  const [encoding, clock_rate_hz] = STATIC_TYPES.get(payload_type) ?? ['', VIDEO_CLOCK_HZ];
  return {
    ...{ kind, payload_type, encoding, clock_rate_hz },
    ...{ channel_count: 1, control: null, size: null, format: new Map() },
  };
}

function readRtpmap(section: Section, text: string): void {
  const match = RTPMAP.exec(text.trim());
  if (match === null || Number(match[1]) !== section.payload_type) return;
  section.encoding = match[2]!.toUpperCase();
  section.clock_rate_hz = Number(match[3]);
  section.channel_count = Number(match[4] ?? 1);
}

function readFormat(section: Section, text: string): void {
  const space = text.indexOf(' ');
  if (Number(text.slice(0, space)) !== section.payload_type) return;
  for (const part of text.slice(space + 1).split(';')) {
    const equals = part.indexOf('=');
    if (equals > 0)
      section.format.set(part.slice(0, equals).trim().toLowerCase(), part.slice(equals + 1).trim());
  }
}

/** The address of a control attribute, relative to the session's base (RFC 2326, C.1.1). */
export function controlUrl(base: string, control: string | null): string {
  if (control === null || control === '' || control === '*') return base;
  if (/^rtsps?:\/\//i.test(control)) return control;
  return `${base.endsWith('/') ? base : `${base}/`}${control}`;
}
