import type { Span, TracksWanted } from '@minhchung/domain';
import { RTSP_SESSION_TIMEOUT_S } from '../../limits.ts';
import { BrokenStream } from '../broken-stream.ts';
import { clockRange } from '../wire/clock-range.ts';
import { headerOf, type RtspHead } from '../wire/message.ts';
import { type AnnouncedStart, readRtpInfo } from '../wire/rtp-info.ts';
import { controlUrl, parseSdp, type SdpMedia } from '../wire/sdp.ts';
import { REFUSES_A_HEADER, type RequestHeaders, type RtspRequester } from './requester.ts';
import { chooseTracks, type SideFormat, type VideoFormat } from './tracks.ts';

/** One track as it was set up. */
export interface Track<Format> {
  readonly format: Format;
  readonly payload_type: number;
  readonly clock_rate_hz: number;
  readonly rtp_channel: number;
  readonly rtcp_channel: number;
  /** RTP time at which the answer to PLAY says that it begins; null where it does not. */
  readonly announced_start: number | null;
}

/** A session that is playing. */
export interface PlayingSession {
  readonly video: Track<VideoFormat>;
  readonly sides: readonly Track<SideFormat>[];
  readonly other_streams: readonly string[];
  readonly session_id: string;
  readonly timeout_s: number;
  /** Address of the whole session, for keep-alive and farewell. */
  readonly control: string;
  readonly keep_alive_method: 'GET_PARAMETER' | 'SET_PARAMETER' | 'OPTIONS';
}

/** What is to be played: a span by ONVIF replay, or whatever the address stands for. */
export interface SessionRequest {
  readonly uri: string;
  readonly replay_span: Span | null;
  readonly tracks: TracksWanted;
  readonly deadline_ms: number;
}

type SetUp<Format> = Omit<Track<Format>, 'announced_start'> & { readonly uri: string };

const REPLAY = ['Require', 'onvif-replay'] as const;

/**
 * OPTIONS, DESCRIBE, SETUP of every wanted track, and PLAY (RFC 2326; ONVIF Streaming Specification, 6). What is not
 * wanted is not set up, only named.
 */
export async function startSession(
  requester: RtspRequester,
  request: SessionRequest,
): Promise<PlayingSession> {
  const { uri, deadline_ms } = request;
  const options = await requester.ask('OPTIONS', uri, [], deadline_ms);
  const described = await requester.ask('DESCRIBE', uri, [['Accept', 'application/sdp']], deadline_ms);
  const sdp = parseSdp(Buffer.from(described.body).toString('utf8'));
  const base =
    headerOf(described.head, 'content-base') ?? headerOf(described.head, 'content-location') ?? uri;
  const control = sameHost(controlUrl(base, sdp.control), uri);
  const chosen = chooseTracks(sdp, request.tracks);
  let session: { session_id: string; timeout_s: number } | null = null;
  let next_channel = 0;
  const setUp = async <Format>(media: SdpMedia, format: Format): Promise<SetUp<Format>> => {
    const channels = `${next_channel}-${next_channel + 1}`;
    next_channel += 2;
    const track_uri = sameHost(controlUrl(base, media.control), uri);
    const headers: RequestHeaders = [
      ['Transport', `RTP/AVP/TCP;unicast;interleaved=${channels}`],
      ...(session === null ? [] : [['Session', session.session_id] as const]),
      ...(request.replay_span === null ? [] : [REPLAY]),
    ];
    const { head } = await requester.ask('SETUP', track_uri, headers, deadline_ms);
    session ??= sessionOf(head);
    const { payload_type, clock_rate_hz } = media;
    return { format, payload_type, clock_rate_hz, ...channelsOf(head), uri: track_uri };
  };
  const video = await setUp(chosen.video.media, chosen.video.format);
  const sides: SetUp<SideFormat>[] = [];
  for (const { media, format } of chosen.sides) sides.push(await setUp(media, format));
  refuseSharedChannels([video, ...sides]);
  const opened = session!;
  const played = await play(requester, request, control, opened.session_id);
  const starts = readRtpInfo(headerOf(played, 'rtp-info'));
  return {
    video: started(video, starts),
    sides: sides.map((side) => started(side, starts)),
    other_streams: chosen.other_streams,
    ...opened,
    control,
    keep_alive_method: keepAliveMethod(headerOf(options.head, 'public') ?? ''),
  };
}

/** As fast as the recorder can; recorders that stumble over the header that says so are asked without it. */
async function play(
  requester: RtspRequester,
  { replay_span, deadline_ms }: SessionRequest,
  control: string,
  session_id: string,
): Promise<RtspHead> {
  const session = ['Session', session_id] as const;
  if (replay_span === null) {
    return (await requester.ask('PLAY', control, [session, ['Range', 'npt=0.000-']], deadline_ms)).head;
  }
  const asked: RequestHeaders = [session, REPLAY, ['Range', clockRange(replay_span)]];
  const unthrottled: RequestHeaders = [...asked, ['Rate-Control', 'no'], ['Immediate', 'yes']];
  const first = await requester.ask('PLAY', control, unthrottled, deadline_ms, REFUSES_A_HEADER);
  if (first.head.status === 200) return first.head;
  return (await requester.ask('PLAY', control, asked, deadline_ms)).head;
}

function started<Format>(track: SetUp<Format>, starts: readonly AnnouncedStart[]): Track<Format> {
  const { uri, ...rest } = track;
  const path = uri.replace(/^rtsps?:\/\/[^/]*/i, '');
  return { ...rest, announced_start: starts.find((start) => start.path === path)?.timestamp ?? null };
}

function keepAliveMethod(offered: string): PlayingSession['keep_alive_method'] {
  const methods = offered.split(/[\s,]+/);
  if (methods.includes('GET_PARAMETER')) return 'GET_PARAMETER';
  // OPTIONS keeps a session alive with most servers; those that list SET_PARAMETER alone mean that one.
  return methods.includes('SET_PARAMETER') ? 'SET_PARAMETER' : 'OPTIONS';
}

/** Session requests go where the connection stands, whatever host the SDP names behind a router. */
function sameHost(stated: string, uri: string): string {
  const match = /^rtsps?:\/\/[^/?#]*(.*)$/i.exec(stated);
  if (match === null) throw new BrokenStream('a control address that is no RTSP address');
  return `${/^rtsps?:\/\/[^/?#]*/i.exec(uri)![0]}${match[1]}`;
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

function refuseSharedChannels(tracks: readonly SetUp<unknown>[]): void {
  const channels = tracks.flatMap(({ rtp_channel, rtcp_channel }) => [rtp_channel, rtcp_channel]);
  if (new Set(channels).size !== channels.length) {
    throw new BrokenStream('it sends two tracks over one channel');
  }
}
