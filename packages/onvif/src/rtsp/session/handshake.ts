import type { Span } from '@minhchung/domain';
import { RTSP_SESSION_TIMEOUT_S } from '../../limits.ts';
import { BrokenStream } from '../broken-stream.ts';
import type { VideoCodec } from '../codec/codec.ts';
import { H264 } from '../codec/h264.ts';
import { H265 } from '../codec/h265.ts';
import { clockRange } from '../wire/clock-range.ts';
import { headerOf, type RtspHead } from '../wire/message.ts';
import { controlUrl, parseSdp, type SdpMedia } from '../wire/sdp.ts';
import type { RtspRequester } from './requester.ts';

/** A replay that is playing. */
export interface PlayingSession {
  readonly codec: VideoCodec;
  readonly clock_rate_hz: number;
  readonly payload_type: number;
  /** Parameter sets of the SDP, as NAL units. */
  readonly parameter_sets: readonly Uint8Array[];
  readonly other_streams: readonly string[];
  readonly rtp_channel: number;
  readonly rtcp_channel: number;
  readonly session_id: string;
  readonly timeout_s: number;
  /** Address of the whole session, for keep-alive and farewell. */
  readonly control: string;
  readonly keep_alive_method: 'GET_PARAMETER' | 'OPTIONS';
}

const CODECS: ReadonlyMap<string, VideoCodec> = new Map([
  ['H264', H264],
  ['H265', H265],
]);
const REPLAY = ['Require', 'onvif-replay'] as const;

/**
 * OPTIONS, DESCRIBE, SETUP and PLAY for one span as fast as the recorder can (ONVIF Streaming Specification, 6).
 * Only the first video stream is set up; the others are named.
 */
export async function startReplay(
  requester: RtspRequester,
  uri: string,
  device_span: Span,
  deadline_ms: number,
): Promise<PlayingSession> {
  const options = await requester.ask('OPTIONS', uri, [], deadline_ms);
  const described = await requester.ask('DESCRIBE', uri, [['Accept', 'application/sdp']], deadline_ms);
  const sdp = parseSdp(Buffer.from(described.body).toString('utf8'));
  const base =
    headerOf(described.head, 'content-base') ?? headerOf(described.head, 'content-location') ?? uri;
  const control = sameHost(controlUrl(base, sdp.control), uri);
  const media = sdp.media.find((one) => one.kind === 'video' && CODECS.has(one.encoding));
  if (media === undefined) {
    const offered = sdp.media.map(nameOf).join(', ') || 'nothing';
    throw new BrokenStream(`it offers no H.264 or H.265 video but ${offered}`);
  }
  refuseUnsupported(media);
  const setup = await requester.ask(
    'SETUP',
    sameHost(controlUrl(base, media.control), uri),
    [['Transport', 'RTP/AVP/TCP;unicast;interleaved=0-1'], REPLAY],
    deadline_ms,
  );
  const session = sessionOf(setup.head);
  await requester.ask(
    'PLAY',
    control,
    [
      ['Session', session.session_id],
      REPLAY,
      ['Range', clockRange(device_span)],
      ['Rate-Control', 'no'],
      ['Immediate', 'yes'],
    ],
    deadline_ms,
  );
  return {
    codec: CODECS.get(media.encoding)!,
    clock_rate_hz: media.clock_rate_hz,
    payload_type: media.payload_type,
    parameter_sets: parameterSetsOf(media),
    other_streams: sdp.media.filter((one) => one !== media).map(nameOf),
    ...channelsOf(setup.head),
    ...session,
    control,
    keep_alive_method: /\bGET_PARAMETER\b/.test(headerOf(options.head, 'public') ?? '')
      ? 'GET_PARAMETER'
      : 'OPTIONS',
  };
}

function nameOf(media: SdpMedia): string {
  return `${media.kind}: ${media.encoding === '' ? `payload type ${media.payload_type}` : media.encoding}`;
}

/** Interleaved modes reorder NAL units by numbers we do not read: better refused than in a wrong order. */
function refuseUnsupported(media: SdpMedia): void {
  const mode = media.format.get('packetization-mode') ?? '0';
  const reordering = Number(media.format.get('sprop-max-don-diff') ?? 0);
  if ((mode !== '0' && mode !== '1') || reordering > 0) {
    throw new BrokenStream('it sends pictures in interleaved order, which is not supported');
  }
  if (media.clock_rate_hz < 1) throw new BrokenStream('its SDP names no clock rate');
}

function parameterSetsOf(media: SdpMedia): Uint8Array[] {
  const names = ['sprop-vps', 'sprop-sps', 'sprop-pps', 'sprop-parameter-sets'];
  return names
    .flatMap((name) => media.format.get(name)?.split(',') ?? [])
    .map((text) => new Uint8Array(Buffer.from(text.trim(), 'base64')))
    .filter((nal) => nal.length > 0);
}

/** Session requests go where the connection stands, whatever host the SDP names behind a router. */
function sameHost(stated: string, uri: string): string {
  const match = /^rtsps?:\/\/[^/?#]*(.*)$/i.exec(stated);
  if (match === null) throw new BrokenStream('a control address that is no RTSP address');
  return `${/^rtsp:\/\/[^/?#]*/i.exec(uri)![0]}${match[1]}`;
}

function sessionOf(head: RtspHead): { session_id: string; timeout_s: number } {
  const match = /^([^;\s]{1,128})\s*(?:;.*?timeout\s*=\s*(\d{1,5}))?/i.exec(headerOf(head, 'session') ?? '');
  if (match === null) throw new BrokenStream('it sets up a stream without a session');
  return { session_id: match[1]!, timeout_s: Number(match[2] ?? 0) || RTSP_SESSION_TIMEOUT_S };
}

function channelsOf(head: RtspHead): { rtp_channel: number; rtcp_channel: number } {
  const transport = headerOf(head, 'transport') ?? '';
  const match = /interleaved\s*=\s*(\d{1,3})(?:-(\d{1,3}))?/i.exec(transport);
  if (match === null) throw new BrokenStream('it does not send over the connection it was asked on');
  const rtp_channel = Number(match[1]);
  return { rtp_channel, rtcp_channel: Number(match[2] ?? rtp_channel + 1) };
}
