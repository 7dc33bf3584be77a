import { createHash } from 'node:crypto';
import { CodedError, type ReplayEvent } from '@minhchung/domain';
import { afterEach, describe, expect, it } from 'vitest';
import { h264Fragments, interleaved, RTCP_BYE, rtp } from '../../test/loopback/rtp.ts';
import {
  type LoopbackRtspServer,
  type RtspAnswer,
  type SeenRequest,
  startRtspServer,
} from '../../test/loopback/rtsp-server.ts';
import { CIF, HIGH, idr, slice } from '../../test/loopback/samples.ts';
import { createReplayClient } from './replay-client.ts';

const START_MS = Date.UTC(2026, 10, 22, 8, 0, 0);
const SPAN = { start_ms: START_MS, end_ms: START_MS + 4_000 };
/** Busy machines take their time. */
const PATIENT = { timeout: 15_000 };
const open: LoopbackRtspServer[] = [];

afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

/** One frame per 500 ms, a keyframe every second, two packets each, the extension on the first only. */
function footage(frames: number, from = 0): Buffer[] {
  return Array.from({ length: frames }, (_, index) => {
    const n = from + index;
    const timestamp = 1_000 + n * 45_000;
    const nal = n % 2 === 0 ? idr(n, 3_000) : slice(n, 3_000);
    return h264Fragments(nal, 1_500).map((payload, part) =>
      interleaved(
        0,
        rtp({
          sequence: 65_530 + n * 2 + part,
          timestamp,
          payload,
          is_marked: part === 1,
          ...(part === 0 ? { replay: { device_time_ms: START_MS + n * 500 } } : {}),
        }),
      ),
    );
  }).flat();
}

const BYE = interleaved(1, RTCP_BYE);

async function serve(
  chunks: readonly Buffer[],
  override?: (request: SeenRequest, count: number) => RtspAnswer | 'silence' | null,
  after: 'stay' | 'close' = 'stay',
): Promise<LoopbackRtspServer> {
  const server = await startRtspServer((socket) => {
    for (const chunk of chunks) socket.write(chunk);
    if (after === 'close') socket.end();
  }, override);
  open.push(server);
  return server;
}

interface PlayOptions {
  readonly username?: string | null;
  readonly stall_ms?: number;
  readonly signal?: AbortSignal;
}

async function play(server: LoopbackRtspServer, options: PlayOptions = {}): Promise<ReplayEvent[]> {
  const client = createReplayClient({ stall_ms: options.stall_ms ?? 2_000, resume: { pause_ms: 1 } });
  const address = {
    device_url: `http://127.0.0.1/onvif/device_service`,
    username: options.username ?? null,
    password: options.username === undefined ? null : 'right',
  };
  const events: ReplayEvent[] = [];
  const signal = options.signal ?? new AbortController().signal;
  for await (const event of client.replay({ uri: server.uri, device_span: SPAN, address }, signal)) {
    events.push(event);
  }
  return events;
}

const timesOf = (events: readonly ReplayEvent[]) =>
  events.flatMap((event) => (event.type === 'unit' ? [event.unit.device_time_us / 1000 - START_MS] : []));

describe('the replay client', () => {
  it('asks for the span in absolute time, unthrottled, as ONVIF replay', async () => {
    const server = await serve([...footage(8), BYE]);
    await play(server);
    const asked = server.seen.find(({ method }) => method === 'PLAY')!;
    expect(Object.fromEntries(asked.headers)).toMatchObject({
      require: 'onvif-replay',
      range: 'clock=20261122T080000.000Z-20261122T080004.000Z',
      'rate-control': 'no',
      immediate: 'yes',
      session: '42',
    });
    await expect
      .poll(() => server.seen.map(({ method }) => method), PATIENT)
      .toEqual(['OPTIONS', 'DESCRIBE', 'SETUP', 'PLAY', 'TEARDOWN']);
  });

  it('gives every frame once, whole, with its own time, and ends at BYE though the connection stays', async () => {
    const events = await play(await serve([...footage(8), BYE]));
    expect(timesOf(events)).toEqual([0, 500, 1000, 1500, 2000, 2500, 3000, 3500]);
    const [first, second, third] = events;
    expect(first).toMatchObject({
      type: 'stream',
      stream: { codec: 'h264', width: 352, height: 288 },
      other_streams: ['audio: PCMU'],
    });
    expect(second).toMatchObject({ unit: { is_keyframe: true, discontinuity: false } });
    expect(third).toMatchObject({ unit: { is_keyframe: false } });
    const { data } = (third as { unit: { data: Uint8Array } }).unit;
    expect(Buffer.from(data)).toEqual(Buffer.concat([Buffer.from([0, 0, 0x0b, 0xb8]), slice(1, 3_000)]));
  });

  it('ends where the connection closes after the range', async () => {
    expect(timesOf(await play(await serve(footage(8), undefined, 'close')))).toHaveLength(8);
  });

  it('says so when the connection closes long before the end', async () => {
    await expect(play(await serve(footage(3), undefined, 'close'))).rejects.toMatchObject({
      code: 'SOURCE_UNREACHABLE',
    });
  });

  it('leaves a server that plays on, one group of pictures beyond the range', async () => {
    const times = timesOf(await play(await serve(footage(40))));
    expect(times.at(-1)).toBe(4_500);
  });

  it('ends in silence once everything has come, and calls earlier silence a stall', async () => {
    expect(timesOf(await play(await serve(footage(8)), { stall_ms: 100 }))).toHaveLength(8);
    await expect(play(await serve(footage(3)), { stall_ms: 100 })).rejects.toMatchObject({
      code: 'SOURCE_STALLED',
      details: { stalled_ms: 100 },
    });
  });

  it('does not pass over a lost packet', async () => {
    const packets = footage(8);
    packets.splice(5, 1);
    await expect(play(await serve([...packets, BYE]))).rejects.toMatchObject({ code: 'SOURCE_BROKEN' });
  });

  it('reports the D bit on the frame it came with', async () => {
    const packets = [
      rtp({ sequence: 1, timestamp: 0, payload: idr(1), replay: { device_time_ms: START_MS } }),
      rtp({
        sequence: 2,
        timestamp: 90_000,
        payload: idr(2),
        replay: { device_time_ms: START_MS + 3_000, flags: 0xa0 },
      }),
    ].map((packet) => interleaved(0, packet));
    const events = await play(await serve([...packets, BYE]));
    expect(events.flatMap((event) => (event.type === 'unit' ? [event.unit.discontinuity] : []))).toEqual([
      false,
      true,
    ]);
  });

  it('announces a new stream where the parameter sets change, and only there', async () => {
    const unit = (sequence: number, nals: readonly Buffer[]) =>
      nals.map((payload, part) =>
        interleaved(
          0,
          rtp({
            sequence: sequence * 3 + part,
            timestamp: sequence * 90_000,
            payload,
            replay: { device_time_ms: START_MS + sequence * 1000 },
          }),
        ),
      );
    const events = await play(
      await serve([
        ...unit(0, [CIF.sps, CIF.pps, idr(1)]),
        ...unit(1, [CIF.sps, CIF.pps, idr(2)]),
        ...unit(2, [HIGH.sps, HIGH.pps, idr(3)]),
        ...unit(3, [HIGH.sps, HIGH.pps, idr(4)]),
        BYE,
      ]),
    );
    expect(events.map((event) => (event.type === 'stream' ? event.stream.width : 'unit'))).toEqual([
      352,
      'unit',
      'unit',
      640,
      'unit',
      'unit',
    ]);
  });

  it('passes over pictures before the first keyframe', async () => {
    const times = timesOf(await play(await serve([...footage(7, 1), BYE])));
    expect(times[0]).toBe(1_000);
  });

  it('stops and closes its connection when the consumer has enough', async () => {
    const server = await serve(footage(8));
    const client = createReplayClient();
    const address = { device_url: 'http://127.0.0.1/', username: null, password: null };
    const signal = new AbortController().signal;
    for await (const event of client.replay({ uri: server.uri, device_span: SPAN, address }, signal)) {
      if (event.type === 'unit') break;
    }
    await expect.poll(() => server.open.size, PATIENT).toBe(0);
  });

  it('stops at once when it is cancelled', async () => {
    const controller = new AbortController();
    const server = await serve(footage(2));
    const playing = play(server, { signal: controller.signal, stall_ms: 20_000 });
    const outcome = expect(playing).rejects.toMatchObject({ code: 'CANCELLED' });
    await expect.poll(() => server.seen.some(({ method }) => method === 'PLAY'), PATIENT).toBe(true);
    controller.abort();
    await outcome;
    await expect.poll(() => server.open.size, PATIENT).toBe(0);
  });
});

describe('the replay client and credentials', () => {
  const challenge = (algorithm: string, nonce: string, extra = ''): RtspAnswer => ({
    status: '401 Unauthorized',
    headers: [
      `WWW-Authenticate: Digest realm="nvr", nonce="${nonce}", qop="auth", algorithm=${algorithm}${extra}`,
    ],
  });

  function isRight(request: SeenRequest, hash: string): boolean {
    const field = (name: string) =>
      new RegExp(`\\b${name}="?([^",]+)`).exec(request.headers.get('authorization') ?? '')?.[1] ?? '';
    const digest = (text: string) => createHash(hash).update(text).digest('hex');
    const ha1 = digest('user:nvr:right');
    const ha2 = digest(`${request.method}:${request.uri}`);
    const expected = digest(`${ha1}:${field('nonce')}:${field('nc')}:${field('cnonce')}:auth:${ha2}`);
    return field('response') === expected && field('uri') === request.uri;
  }

  it.each([
    ['MD5', 'md5'],
    ['SHA-256', 'sha256'],
  ])('answers a %s challenge once and reuses its nonce', async (algorithm, hash) => {
    const server = await serve([...footage(8), BYE], (request) =>
      isRight(request, hash) ? null : challenge(algorithm, 'n1'),
    );
    expect(timesOf(await play(server, { username: 'user' }))).toHaveLength(8);
    await expect
      .poll(() => server.seen.map(({ method }) => method), PATIENT)
      .toEqual(['OPTIONS', 'OPTIONS', 'DESCRIBE', 'SETUP', 'PLAY', 'TEARDOWN']);
  });

  it('takes a new nonce when the old one is stale', async () => {
    const server = await serve([...footage(8), BYE], (request) => {
      const nonce = /nonce="([^"]+)/.exec(request.headers.get('authorization') ?? '')?.[1];
      const wanted = request.method === 'PLAY' || request.method === 'TEARDOWN' ? 'n2' : 'n1';
      return nonce === wanted ? null : challenge('MD5', wanted, nonce === undefined ? '' : ', stale=true');
    });
    expect(timesOf(await play(server, { username: 'user' }))).toHaveLength(8);
  });

  it('presents refused credentials once, and never again through the same client', async () => {
    const server = await serve([], () => challenge('MD5', 'n1'));
    const client = createReplayClient();
    const address = { device_url: 'http://127.0.0.1/', username: 'user', password: 'wrong' };
    const attempt = async () => {
      const request = { uri: server.uri, device_span: SPAN, address };
      for await (const _ of client.replay(request, new AbortController().signal));
    };
    await expect(attempt()).rejects.toMatchObject({ code: 'SOURCE_REFUSED' });
    await expect(attempt()).rejects.toMatchObject({ code: 'SOURCE_REFUSED' });
    expect(server.seen.filter(({ headers }) => headers.has('authorization'))).toHaveLength(1);
  });

  it('never sends a password in the clear', async () => {
    const server = await serve([], () => ({
      status: '401 Unauthorized',
      headers: ['WWW-Authenticate: Basic realm="nvr"'],
    }));
    const error = await play(server, { username: 'user' }).catch((caught) => caught);
    expect(error).toBeInstanceOf(CodedError);
    expect(error.code).toBe('SOURCE_BROKEN');
    expect(server.seen.some(({ headers }) => headers.has('authorization'))).toBe(false);
  });
});
