/** RTSP messages and interleaving, and session descriptions. */
import fc from 'fast-check';
import { chooseChallenge } from '../../packages/onvif/src/auth/digest-challenge.ts';
import { chooseTracks } from '../../packages/onvif/src/rtsp/session/tracks.ts';
import { WireDemuxer } from '../../packages/onvif/src/rtsp/wire/demuxer.ts';
import { readRtpInfo } from '../../packages/onvif/src/rtsp/wire/rtp-info.ts';
import { parseSdp } from '../../packages/onvif/src/rtsp/wire/sdp.ts';
import { type FuzzGroup, group, mustHold } from './group.ts';
import { mutated } from './mutation.ts';

const INTERLEAVED_BYTES_MAX = 0xffff;
const START_LINES = [
  'RTSP/1.0 200 OK',
  'RTSP/1.0 401 Unauthorized',
  'OPTIONS * RTSP/1.0',
  'ANNOUNCE rtsp://h/ RTSP/2.0',
  'RTSP/1.0 200',
  'HTTP/1.1 200 OK',
  '$$$$',
];
const HEADERS = [
  ['CSeq', ['1', '4294967296', '-1', '', 'x']],
  ['Content-Length', ['0', '4', '20', '99999', '999999999', '-1', '1e9', '4, 5']],
  ['Session', ['1;timeout=60', ';timeout=', '1;timeout=99999999999']],
  ['RTP-Info', ['url=rtsp://h/1;seq=1;rtptime=2,url=rtsp://h/2', ',,;=', 'rtptime=99999999999']],
  ['Transport', ['RTP/AVP/TCP;interleaved=0-1', 'interleaved=255-256']],
] as const;

const header = fc
  .tuple(fc.constantFrom(...HEADERS), fc.nat(9), fc.nat(40))
  .map(([[name, values], n, fold]) => `${name}:${fold === 0 ? '\r\n' : ''} ${values[n % values.length]}`);

const message = fc
  .record({
    start: fc.constantFrom(...START_LINES),
    headers: fc.array(header, { maxLength: 5 }),
    ending: fc.constantFrom('\r\n', '\r\n', '\r\n', '\n'),
    body: fc.constantFrom('', 'body', '$\0\0\x04body', 'v=0\r\n'),
  })
  .map(({ start, headers, ending, body }) =>
    Buffer.from([start, ...headers, '', body].join(ending), 'latin1'),
  );

const interleaved = fc
  .record({
    channel: fc.nat(255),
    stated: fc.constantFrom(0, 4, 12, 4, 12, 0xffff),
    size: fc.constantFrom(4, 12, 0),
  })
  .map(({ channel, stated, size }) =>
    Buffer.concat([Buffer.of(0x24, channel, stated >> 8, stated & 0xff), Buffer.alloc(size, 0x24)]),
  );

const wire = fc.array(fc.oneof(message, interleaved), { maxLength: 6 }).map((parts) => Buffer.concat(parts));

const MEDIA = [
  [
    'm=video 0 RTP/AVP 96',
    'a=rtpmap:96 H264/90000',
    'a=fmtp:96 packetization-mode=1;sprop-parameter-sets=Z0LADNkBYJbARAAAAwAEAAADAFA8UKkg,aMuDyyA=',
  ],
  [
    'm=video 0 RTP/AVP 96',
    'a=rtpmap:96 H265/90000',
    'a=fmtp:96 sprop-vps=QAEM;sprop-sps=QgEB;sprop-pps=RAHA;sprop-max-don-diff=0',
  ],
  ['m=video 0 RTP/AVP 26', 'a=framesize:26 4096-2160', 'a=x-dimensions:4096,2160'],
  [
    'm=audio 0 RTP/AVP 97',
    'a=rtpmap:97 mpeg4-generic/16000/1',
    'a=fmtp:97 mode=AAC-hbr;config=1408;SizeLength=13',
  ],
  ['m=audio 0 RTP/AVP 0', 'a=rtpmap:0 PCMU/8000/1'],
  ['m=audio 49170/2 RTP/AVP 8 0 96', 'a=rtpmap:8 PCMA/0'],
  ['m=application 0 RTP/AVP 107', 'a=rtpmap:107 vnd.onvif.metadata/90000', 'a=recvonly'],
];

const description = fc
  .array(fc.tuple(fc.constantFrom(...MEDIA), fc.nat(6)), { maxLength: 5 })
  .map((media) =>
    Buffer.from(
      [
        'v=0',
        'o=- 0 0 IN IP4 0',
        's=-',
        'a=control:*',
        ...media.flatMap(([lines, n]) => [...lines, `a=control:t${n}`]),
        '',
      ].join('\r\n'),
    ),
  );

const CHALLENGES = [
  'Digest realm="a\\"b", nonce="n", qop="auth,auth-int", algorithm=SHA-256, Basic realm="x"',
  'Digest realm="r", nonce="abc", stale=TRUE, opaque="", algorithm=MD5-sess',
  'Basic realm="x"',
].map((text) => Buffer.from(text));

export const TEXT_GROUPS: readonly FuzzGroup[] = [
  group(
    'rtsp',
    'RTSP messages and interleaved packets, cut into chunks anywhere',
    fc.tuple(mutated(wire, 4), fc.integer({ min: 1, max: 64 })),
    ([bytes, chunk_bytes]) => {
      const demuxer = new WireDemuxer();
      let given_bytes = 0;
      for (let at = 0; at < bytes.length; at += chunk_bytes) {
        demuxer.push(bytes.subarray(at, at + chunk_bytes));
        for (let item = demuxer.next(); item !== null; item = demuxer.next()) {
          const size = item.kind === 'message' ? item.body.length : item.payload.length;
          given_bytes += size;
          mustHold(size <= INTERLEAVED_BYTES_MAX + 1, 'no item is larger than its length field can say');
          mustHold(given_bytes <= bytes.length, 'no more comes out than went in');
        }
      }
    },
  ),
  group('sdp', 'session descriptions and the choice of tracks', mutated(description, 5), (bytes) => {
    const { video, sides } = chooseTracks(parseSdp(bytes.toString('utf8')), { audio: true, metadata: true });
    for (const { media } of [video, ...sides]) {
      mustHold(media.clock_rate_hz > 0 && Number.isInteger(media.clock_rate_hz), 'a track has a clock');
      mustHold(media.payload_type >= 0 && media.payload_type < 1000, 'a payload type is a number');
    }
  }),
  group(
    'headers',
    'digest challenges and RTP-Info',
    mutated(fc.constantFrom(...CHALLENGES, Buffer.from('url=rtsp://h/1;seq=1;rtptime=2,url=x')), 5),
    (bytes) => {
      chooseChallenge([bytes.toString('latin1')]);
      readRtpInfo(bytes.toString('latin1'));
    },
  ),
];
