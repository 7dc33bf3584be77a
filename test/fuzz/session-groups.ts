/** Whole sessions: packets of one kind of stream, through interleaving's far side to dated units. */

import type { PlayingSession } from '../../packages/onvif/src/rtsp/session/handshake.ts';
import { SessionPlayer } from '../../packages/onvif/src/rtsp/session/player.ts';
import { chooseTracks } from '../../packages/onvif/src/rtsp/session/tracks.ts';
import { parseSdp } from '../../packages/onvif/src/rtsp/wire/sdp.ts';
import { type FuzzGroup, group, mustHold } from './group.ts';
import {
  aacPayload,
  h264Payload,
  h265Payload,
  jpegPayload,
  metadataPayload,
  soundPayload,
} from './payloads.ts';
import { type ChannelPacket, rtpStream } from './rtp-stream.ts';

/** A header a JPEG gets that did not travel, and a 4-byte length for every NAL unit: what may be added to input. */
const ADDED_BYTES_PER_PACKET = 1024;

const VIDEO = {
  h264: ['m=video 0 RTP/AVP 96', 'a=rtpmap:96 H264/90000'],
  h265: ['m=video 0 RTP/AVP 96', 'a=rtpmap:96 H265/90000'],
  jpeg: ['m=video 0 RTP/AVP 26'],
};
const AAC = [
  'm=audio 0 RTP/AVP 97',
  'a=rtpmap:97 mpeg4-generic/16000/1',
  'a=fmtp:97 streamtype=5;mode=AAC-hbr;config=1408;SizeLength=13;IndexLength=3;IndexDeltaLength=3',
];
const METADATA = ['m=application 0 RTP/AVP 107', 'a=rtpmap:107 vnd.onvif.metadata/90000'];

function sessionOf(lines: readonly string[]): PlayingSession {
  const sdp = parseSdp(['v=0', 's=-', ...lines, ''].join('\r\n'));
  const { video, sides, other_streams } = chooseTracks(sdp, { audio: true, metadata: true });
  const track = <Format>(
    { media, format }: { media: (typeof video)['media']; format: Format },
    n: number,
  ) => ({
    ...{ format, payload_type: media.payload_type, clock_rate_hz: media.clock_rate_hz },
    ...{ rtp_channel: n * 2, rtcp_channel: n * 2 + 1, announced_start: null },
  });
  return {
    video: track(video, 0),
    sides: sides.map((side, n) => track(side, n + 1)),
    other_streams,
    ...{ session_id: '1', timeout_s: 60, control: 'rtsp://h/', keep_alive_method: 'OPTIONS' as const },
  };
}

/** Plays a stream and holds what comes out against what went in. */
function played(session: PlayingSession): (packets: readonly ChannelPacket[]) => void {
  return (packets) => {
    const player = new SessionPlayer(session);
    let input_bytes = 0;
    let output_bytes = 0;
    const check = (events: ReturnType<SessionPlayer['push']>) => {
      for (const event of events) {
        if (event.type === 'stream' || event.type === 'audio_stream') continue;
        const { data } = event.type === 'unit' ? event.unit : event.packet;
        output_bytes += data.length;
        const time = event.type === 'unit' ? event.unit : event.packet;
        for (const value of Object.values(time)) {
          if (typeof value === 'number') mustHold(Number.isFinite(value), 'every number of a unit is one');
        }
      }
    };
    for (const { channel, bytes } of packets) {
      input_bytes += bytes.length + ADDED_BYTES_PER_PACKET;
      check(player.push(channel, bytes));
      mustHold(output_bytes <= input_bytes, 'no more comes out than went in');
    }
    check(player.flush());
    mustHold(output_bytes <= input_bytes, 'no more comes out than went in');
  };
}

export const SESSION_GROUPS: readonly FuzzGroup[] = [
  group(
    'h264',
    'RTP, 0xABAC and H.264 packets to access units',
    rtpStream(h264Payload, [0, 1], [96, 0]),
    played(sessionOf(VIDEO.h264)),
  ),
  group(
    'h265',
    'RTP, 0xABAC and H.265 packets to access units',
    rtpStream(h265Payload, [0, 1], [96, 0]),
    played(sessionOf(VIDEO.h265)),
  ),
  group(
    'mjpeg',
    'RTP, 0xABAC and JPEG packets to pictures',
    rtpStream(jpegPayload, [0, 1], [26, 0]),
    played(sessionOf(VIDEO.jpeg)),
  ),
  group(
    'aac',
    'AAC beside H.264',
    rtpStream(aacPayload, [2, 3], [97, 0]),
    played(sessionOf([...VIDEO.h264, ...AAC])),
  ),
  group(
    'g711',
    'G.711 beside H.264',
    rtpStream(soundPayload, [2, 3], [0, 0]),
    played(sessionOf([...VIDEO.h264, 'm=audio 0 RTP/AVP 0'])),
  ),
  group(
    'metadata',
    'a metadata track beside H.264',
    rtpStream(metadataPayload, [2, 3], [107, 0]),
    played(sessionOf([...VIDEO.h264, ...METADATA])),
  ),
];
