import { SDP_LINES_MAX } from '../../limits.ts';
import { BrokenStream } from '../broken-stream.ts';

/** One `m=` section of a session description (RFC 8866), with the attributes a player needs. */
export interface SdpMedia {
  readonly kind: string;
  readonly payload_type: number;
  /** Encoding name of the rtpmap in upper case; empty where there is none. */
  readonly encoding: string;
  readonly clock_rate_hz: number;
  readonly control: string | null;
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
  control: string | null;
  format: Map<string, string>;
}

const MEDIA = /^([a-z]{1,20}) \d{1,5}(?:\/\d+)? [A-Z/]{1,20} (\d{1,3})/;
const RTPMAP = /^(\d{1,3}) ([A-Za-z0-9._-]{1,40})\/(\d{1,7})/;
const VIDEO_CLOCK_HZ = 90_000;

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
      media.push({
        kind: match[1]!,
        payload_type: Number(match[2]),
        encoding: '',
        clock_rate_hz: VIDEO_CLOCK_HZ,
        control: null,
        format: new Map(),
      });
    } else if (line.startsWith('a=control:')) {
      const control = line.slice('a=control:'.length).trim();
      if (section === undefined) session_control = control;
      else section.control = control;
    } else if (line.startsWith('a=rtpmap:') && section !== undefined) {
      readRtpmap(section, line.slice('a=rtpmap:'.length));
    } else if (line.startsWith('a=fmtp:') && section !== undefined) {
      readFormat(section, line.slice('a=fmtp:'.length));
    }
  }
  return { control: session_control, media };
}

function readRtpmap(section: Section, text: string): void {
  const match = RTPMAP.exec(text.trim());
  if (match === null || Number(match[1]) !== section.payload_type) return;
  section.encoding = match[2]!.toUpperCase();
  section.clock_rate_hz = Number(match[3]);
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
