import { once } from 'node:events';
import type { Socket } from 'node:net';
import type { ReplayEvent } from '@minhchung/domain';
import { afterEach, describe, expect, it } from 'vitest';
import { interleaved, RTCP_BYE, rtp } from '../../test/loopback/rtp.ts';
import { type LoopbackRtspServer, startRtspServer } from '../../test/loopback/rtsp-server.ts';
import { idr } from '../../test/loopback/samples.ts';
import { createReplayClient } from './replay-client.ts';

const START_MS = Date.UTC(2026, 10, 22, 8, 0, 0);
const SPAN = { start_ms: START_MS, end_ms: START_MS + 3_600_000 };
const ADDRESS = { device_url: 'http://127.0.0.1/', username: null, password: null };
const BYE = interleaved(1, RTCP_BYE);
const open: LoopbackRtspServer[] = [];

afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

async function serve(...script: Parameters<typeof startRtspServer>): Promise<LoopbackRtspServer> {
  const server = await startRtspServer(...script);
  open.push(server);
  return server;
}

function frame(n: number, size = 60_000): Buffer {
  const replay = { device_time_ms: START_MS + n * 100 };
  return interleaved(0, rtp({ sequence: n, timestamp: n * 9_000, payload: idr(n % 256, size), replay }));
}

const play = (server: LoopbackRtspServer, stall_ms = 5_000) =>
  createReplayClient({ stall_ms, resume: { attempts_max: 0 } }).replay(
    { uri: server.uri, device_span: SPAN, address: ADDRESS },
    new AbortController().signal,
  );

async function countUnits(events: AsyncIterable<ReplayEvent>): Promise<number> {
  let count = 0;
  for await (const event of events) if (event.type === 'unit') count += 1;
  return count;
}

describe('the flow of a replay', () => {
  it('makes the recorder wait while the consumer does, and loses nothing by it', async () => {
    const frames = 1_500;
    let sent = 0;
    const feed = async (socket: Socket) => {
      for (; sent < frames; sent += 1) if (!socket.write(frame(sent))) await once(socket, 'drain');
      socket.write(BYE);
    };
    const server = await serve((socket) => void feed(socket).catch(() => {}));
    let units = 0;
    let sent_while_waiting = 0;
    for await (const event of play(server)) {
      if (event.type !== 'unit') continue;
      units += 1;
      if (units > 1) continue;
      // The recorder stops by itself: nothing more goes out between two looks.
      await expect
        .poll(
          () => {
            const before = sent_while_waiting;
            sent_while_waiting = sent;
            return sent > 0 && before === sent;
          },
          { interval: 100, timeout: 15_000 },
        )
        .toBe(true);
    }
    expect(sent_while_waiting).toBeLessThan(frames / 4);
    expect(units).toBe(frames);
  });

  it('keeps its session alive however slowly it is read', async () => {
    const server = await serve(
      (socket) => void socket.write(frame(0, 100)),
      (request) => {
        if (request.method === 'SETUP') {
          return { headers: ['Session: 42;timeout=1', 'Transport: RTP/AVP/TCP;interleaved=0-1'] };
        }
        if (request.method !== 'GET_PARAMETER') return null;
        return { afterwards: (socket) => void socket.write(BYE) };
      },
    );
    expect(await countUnits(play(server))).toBe(1);
    const kept = server.seen.find(({ method }) => method === 'GET_PARAMETER');
    expect(kept?.headers.get('session')).toBe('42');
  });

  it('calls silence a stall though the recorder still answers', async () => {
    const server = await serve(
      (socket) => void socket.write(frame(0, 100)),
      (request) =>
        request.method === 'SETUP'
          ? { headers: ['Session: 42;timeout=1', 'Transport: RTP/AVP/TCP;interleaved=0-1'] }
          : null,
    );
    await expect(countUnits(play(server, 1_200))).rejects.toMatchObject({ code: 'SOURCE_STALLED' });
    expect(server.seen.some(({ method }) => method === 'GET_PARAMETER')).toBe(true);
  });

  it('takes pictures that come before the answer to PLAY', async () => {
    const early = Buffer.concat([frame(0, 100), frame(1, 100)]);
    const server = await serve(
      () => {},
      ({ method, headers }) => {
        if (method === 'SETUP') {
          return { headers: ['Session: 42', 'Transport: RTP/AVP/TCP;interleaved=0-1'] };
        }
        if (method !== 'PLAY') return null;
        const answer = Buffer.from(`RTSP/1.0 200 OK\r\nCSeq: ${headers.get('cseq')}\r\n\r\n`);
        const [socket] = server.open;
        socket!.write(Buffer.concat([early, answer, frame(2, 100), BYE]));
        return 'silence';
      },
    );
    expect(await countUnits(play(server))).toBe(3);
  });

  it('answers a recorder that asks whether it lives', async () => {
    const server = await serve((socket) => {
      socket.write('OPTIONS * RTSP/1.0\r\nCSeq: 77\r\n\r\n');
      socket.on('data', (chunk) => {
        if (chunk.includes('RTSP/1.0 200 OK\r\nCSeq: 77')) socket.write(Buffer.concat([frame(0, 100), BYE]));
      });
    });
    expect(await countUnits(play(server))).toBe(1);
  });

  it.each([
    ['404 Not Found', 'SOURCE_BROKEN'],
    ['457 Invalid Range', 'SOURCE_BROKEN'],
    ['453 Not Enough Bandwidth', 'SOURCE_UNREACHABLE'],
    ['503 Service Unavailable', 'SOURCE_UNREACHABLE'],
    ['551 Option not supported', 'SOURCE_BROKEN'],
    ['403 Forbidden', 'SOURCE_REFUSED'],
    ['302 Moved', 'SOURCE_BROKEN'],
  ])('tells what an answer of %s means', async (status, code) => {
    const server = await serve(
      () => {},
      ({ method }) => (method === 'PLAY' ? { status } : null),
    );
    await expect(countUnits(play(server))).rejects.toMatchObject({ code });
  });

  it('is not reached where nobody listens', async () => {
    const server = await startRtspServer(() => {});
    await server.close();
    await expect(countUnits(play(server))).rejects.toMatchObject({
      code: 'SOURCE_UNREACHABLE',
      details: { reason: 'ECONNREFUSED' },
    });
  });

  it('does not wait for ever for an answer', async () => {
    const server = await serve(
      () => {},
      () => 'silence',
    );
    const client = createReplayClient({ answer_deadline_ms: 100 });
    const request = { uri: server.uri, device_span: SPAN, address: ADDRESS };
    await expect(countUnits(client.replay(request, new AbortController().signal))).rejects.toMatchObject({
      code: 'SOURCE_UNREACHABLE',
    });
  });
});
