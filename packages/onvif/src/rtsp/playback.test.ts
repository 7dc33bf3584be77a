import type { PlaybackEvent } from '@minhchung/domain';
import { afterEach, describe, expect, it } from 'vitest';
import { interleaved, RTCP_BYE, rtp, senderReport } from '../../test/loopback/rtp.ts';
import { type LoopbackRtspServer, startRtspServer } from '../../test/loopback/rtsp-server.ts';
import { idr, slice } from '../../test/loopback/samples.ts';
import { createReplayClient } from './replay-client.ts';

const START_MS = Date.UTC(2026, 10, 22, 8, 0, 0);
const BYE = interleaved(1, RTCP_BYE);
const SIGNAL = new AbortController().signal;
const ADDRESS = { device_url: 'http://127.0.0.1/', username: null, password: null };
const open: LoopbackRtspServer[] = [];

afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

async function serve(...chunks: readonly Buffer[]): Promise<LoopbackRtspServer> {
  const server = await startRtspServer((socket) => void socket.write(Buffer.concat(chunks)));
  open.push(server);
  return server;
}

/** A picture every 100 ms without any time of its own, a keyframe every half second. */
function picture(n: number): Buffer {
  const payload = n % 5 === 0 ? idr(n) : slice(n);
  return interleaved(0, rtp({ sequence: n, timestamp: 4_294_960_000 + n * 9_000, payload }));
}

async function play(server: LoopbackRtspServer, stop_after_ms?: number): Promise<PlaybackEvent[]> {
  const client = createReplayClient({ stall_ms: 200 });
  const request = {
    uri: server.uri,
    address: ADDRESS,
    ...(stop_after_ms === undefined ? {} : { stop_after_ms }),
  };
  const events: PlaybackEvent[] = [];
  for await (const event of client.play(request, SIGNAL)) events.push(event);
  return events;
}

const unitsOf = (events: readonly PlaybackEvent[]) =>
  events.flatMap((event) => (event.type === 'unit' ? [event.unit] : []));

describe('plain playback', () => {
  it('asks for no ONVIF replay and no absolute range', async () => {
    const server = await serve(picture(0), BYE);
    await play(server);
    const asked = server.seen.find(({ method }) => method === 'PLAY')!;
    expect([...asked.headers.keys()]).not.toContain('require');
    expect(asked.headers.get('range')).toBe('npt=0.000-');
  });

  it('dates pictures from the first one, over the wrap of the RTP clock, and knows no clock without a report', async () => {
    const events = await play(await serve(picture(0), picture(1), picture(2), BYE));
    expect(events[0]).toMatchObject({
      type: 'stream',
      stream: { width: 352 },
      other_streams: ['audio: PCMU'],
    });
    expect(unitsOf(events).map(({ media_time_us, ntp_time_us }) => [media_time_us, ntp_time_us])).toEqual([
      [0, null],
      [100_000, null],
      [200_000, null],
    ]);
  });

  it('tells the sender’s clock once it was reported', async () => {
    const report = interleaved(1, senderReport(START_MS, 4_294_960_000 + 9_000));
    const events = await play(await serve(report, picture(0), picture(1), picture(2), BYE));
    expect(unitsOf(events).map(({ ntp_time_us }) => ntp_time_us! / 1000 - START_MS)).toEqual([-100, 0, 100]);
  });

  it('leaves a device that ignores the end, one group of pictures after it', async () => {
    const endless = Array.from({ length: 200 }, (_, n) => picture(n));
    const units = unitsOf(await play(await serve(...endless), 1_200));
    expect(units.at(-1)?.media_time_us).toBe(1_900_000);
  });

  it('ends in silence after pictures, and calls silence without any a stall', async () => {
    expect(unitsOf(await play(await serve(picture(0), picture(1))))).toHaveLength(2);
    await expect(play(await serve())).rejects.toMatchObject({ code: 'SOURCE_STALLED' });
  });
});
