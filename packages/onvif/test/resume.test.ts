import type { ReplayEvent } from '@minhchung/domain';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { createReplayClient } from '../src/index.ts';
import {
  type CuttingRecorderOptions,
  type Ending,
  packetsOf,
  type RecordedPicture,
  startCuttingRecorder,
} from './loopback/cutting-recorder.ts';
import type { LoopbackRtspServer } from './loopback/rtsp-server.ts';
import { idr, slice } from './loopback/samples.ts';

const START_MS = Date.UTC(2026, 10, 22, 8, 0, 0);
const ADDRESS = { device_url: 'http://127.0.0.1/', username: null, password: null };
const SIGNAL = new AbortController().signal;
const open: LoopbackRtspServer[] = [];

afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

/** Groups of five pictures with two B-frames between references: shown in another order than they are sent. */
function footage(groups: number, sizes: (n: number) => number = () => 30): RecordedPicture[] {
  const shown_at = [0, 3, 1, 2, 4];
  return Array.from({ length: groups * 5 }, (_, n) => {
    const device_time_ms = START_MS + Math.floor(n / 5) * 1_000 + shown_at[n % 5]! * 200;
    const is_keyframe = n % 5 === 0;
    return { device_time_ms, is_keyframe, nal: is_keyframe ? idr(n, sizes(n)) : slice(n, sizes(n)) };
  });
}

async function serve(options: CuttingRecorderOptions) {
  const server = await startCuttingRecorder(options);
  open.push(server);
  return server;
}

interface PlayOptions {
  readonly groups: number;
  readonly start_ms?: number;
  readonly stall_ms?: number;
  readonly attempts_max?: number;
  /** How far the span asked for goes beyond what there is. */
  readonly after_ms?: number;
}

async function play(uri: string, options: PlayOptions): Promise<ReplayEvent[]> {
  const { groups, start_ms = START_MS, stall_ms = 2_000, attempts_max = 3, after_ms = 5_000 } = options;
  const resume = { attempts_max, pause_ms: 1 };
  const device_span = { start_ms, end_ms: START_MS + groups * 1_000 + after_ms };
  const events: ReplayEvent[] = [];
  const request = { uri, device_span, address: ADDRESS };
  for await (const event of createReplayClient({ stall_ms, resume }).replay(request, SIGNAL)) {
    events.push(event);
  }
  return events;
}

/** What a consumer sees of a replay: everything but where the bytes lie in memory. */
const told = (events: readonly ReplayEvent[]) =>
  events.map((event) =>
    event.type === 'unit'
      ? [
          event.unit.device_time_us / 1000 - START_MS,
          event.unit.is_keyframe,
          event.unit.discontinuity,
          Buffer.from(event.unit.data).toString('base64'),
        ]
      : event.type,
  );
const timesOf = (events: readonly ReplayEvent[]) =>
  events.flatMap((event) => (event.type === 'unit' ? [event.unit.device_time_us / 1000 - START_MS] : []));
const breaksOf = (events: readonly ReplayEvent[]) =>
  events.flatMap((event) =>
    event.type === 'unit' && event.unit.discontinuity ? [event.unit.device_time_us / 1000 - START_MS] : [],
  );

describe('a replay whose connection breaks', () => {
  it('is the same as an unbroken one, wherever it is cut', async () => {
    const pictures = footage(2, () => 25).slice(0, 8);
    const whole = await serve({ pictures, endings: [{ how: 'bye' }] });
    const unbroken = told(await play(whole.uri, { groups: 2, after_ms: 0 }));
    expect(unbroken).toHaveLength(9);
    const size_bytes = packetsOf(pictures, 0).length;
    const cuts = Array.from({ length: size_bytes }, (_, after_bytes) => after_bytes);
    for (const after_bytes of cuts) {
      const server = await startCuttingRecorder({
        pictures,
        endings: [{ how: 'close', after_bytes }, { how: 'bye' }],
      });
      try {
        expect(
          told(await play(server.uri, { groups: 2, after_ms: 0 })),
          `cut after ${after_bytes} bytes`,
        ).toEqual(unbroken);
      } finally {
        await server.close();
      }
    }
  }, 120_000);

  it('is the same as an unbroken one, however often and in whatever way it is cut', async () => {
    const ending: fc.Arbitrary<Ending> = fc.record({
      how: fc.constantFrom('close' as const, 'reset' as const, 'nonsense' as const),
      after_bytes: fc.nat(3_000),
    });
    const scene = fc.record({
      groups: fc.integer({ min: 1, max: 4 }),
      sizes: fc.array(fc.integer({ min: 2, max: 120 }), { minLength: 20, maxLength: 20 }),
      endings: fc.array(ending, { minLength: 1, maxLength: 3 }),
      pre_roll: fc.constantFrom('keyframe_before' as const, 'one_group_early' as const),
    });
    await fc.assert(
      fc.asyncProperty(scene, async ({ groups, sizes, endings, pre_roll }) => {
        const pictures = footage(groups, (n) => sizes[n % sizes.length]!);
        const server = await startCuttingRecorder({
          ...{ pictures, pre_roll, endings: [...endings, { how: 'bye' }] },
        });
        const whole = await startCuttingRecorder({ pictures, pre_roll, endings: [{ how: 'bye' }] });
        try {
          const unbroken = told(await play(whole.uri, { groups }));
          expect(told(await play(server.uri, { groups, attempts_max: 4 }))).toEqual(unbroken);
        } finally {
          await server.close();
          await whole.close();
        }
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  it('is asked again from the keyframe that the last whole picture needs', async () => {
    const pictures = footage(3);
    const half = packetsOf(pictures.slice(0, 8), 0).length + 10;
    const server = await serve({ pictures, endings: [{ how: 'close', after_bytes: half }, { how: 'bye' }] });
    await play(server.uri, { groups: 3 });
    // After the BYE, which comes before the end of what was asked, it is asked for more.
    expect(server.ranges.map((ms) => ms - START_MS)).toEqual([0, 1_000, 2_801, 3_201]);
  });

  it('goes on after silence, too', async () => {
    const pictures = footage(2);
    const server = await serve({ pictures, endings: [{ how: 'silence', after_bytes: 700 }, { how: 'bye' }] });
    expect(timesOf(await play(server.uri, { groups: 2, stall_ms: 400 }))).toHaveLength(10);
  });

  it('is given up where nothing new comes, and says why', async () => {
    const pictures = footage(3);
    const server = await serve({ pictures, endings: [{ how: 'close', after_bytes: 400 }] });
    await expect(play(server.uri, { groups: 3, attempts_max: 2 })).rejects.toMatchObject({
      code: 'SOURCE_UNREACHABLE',
    });
    expect(server.ranges).toHaveLength(3);
  });

  it('may break as often as it likes while something new comes', async () => {
    const pictures = footage(8);
    const group_bytes = packetsOf(pictures.slice(0, 5), 0).length;
    const server = await serve({ pictures, endings: [{ how: 'close', after_bytes: group_bytes * 2 }] });
    const events = await play(server.uri, { groups: 8, attempts_max: 1 }).catch((error) => error);
    expect(timesOf(Array.isArray(events) ? events : [])).toHaveLength(40);
    expect(server.ranges.length).toBeGreaterThan(5);
  });
});

describe('a recorder that gives other footage when it is asked again', () => {
  const half_of = (pictures: readonly RecordedPicture[]) => packetsOf(pictures.slice(0, 8), 0).length + 10;

  it('is not spliced: a break is declared at the next keyframe', async () => {
    const pictures = footage(3);
    const server = await serve({
      pictures,
      endings: [{ how: 'close', after_bytes: half_of(pictures) }, { how: 'bye' }],
      change: (picture, session) => ({
        ...picture,
        nal: session === 0 ? picture.nal : Buffer.concat([picture.nal, Buffer.of(9)]),
      }),
    });
    const events = await play(server.uri, { groups: 3 });
    expect(breaksOf(events)).toEqual([2_000]);
    expect(new Set(timesOf(events)).size).toBe(timesOf(events).length);
  });

  it('is asked further back where it begins too late, and joined without a break', async () => {
    const pictures = footage(14);
    const cut = packetsOf(pictures.slice(0, 63), 0).length + 10;
    const server = await serve({
      ...{ pictures, pre_roll: 'keyframe_after' },
      endings: [{ how: 'close', after_bytes: cut }, { how: 'bye' }],
    });
    const events = await play(server.uri, { groups: 14, start_ms: START_MS - 500 });
    expect(timesOf(events)).toHaveLength(70);
    expect(breaksOf(events)).toEqual([]);
  });

  it('is joined with a break where it begins too late however far back it is asked', async () => {
    const pictures = footage(4);
    let sessions = 0;
    const server = await serve({
      pictures,
      endings: [{ how: 'close', after_bytes: half_of(pictures) }, { how: 'bye' }],
      change: (picture, session) => {
        sessions = Math.max(sessions, session + 1);
        const is_gone = session > 0 && picture.device_time_ms < START_MS + 2_000;
        return is_gone ? { ...picture, is_keyframe: false, nal: slice(1, picture.nal.length) } : picture;
      },
    });
    const events = await play(server.uri, { groups: 4 });
    expect(breaksOf(events)).toEqual([2_000]);
    expect(sessions).toBeGreaterThan(2);
  });

  it('may add descriptions before the first picture of a session', async () => {
    const pictures = footage(3);
    const sei = Buffer.of(6, 5, 1, 7, 0x80);
    const server = await serve({
      pictures,
      endings: [{ how: 'close', after_bytes: half_of(pictures) }, { how: 'bye' }],
      change: (picture, session) => ({
        ...picture,
        // An aggregate of an SEI message and the picture.
        nal: session === 0 || !picture.is_keyframe ? picture.nal : aggregate(sei, picture.nal),
      }),
    });
    const events = await play(server.uri, { groups: 3 });
    expect(timesOf(events)).toHaveLength(15);
    expect(breaksOf(events)).toEqual([]);
  });
});

describe('a recorder that says BYE before the end', () => {
  it('is asked for what follows, which is joined with a break, until nothing more comes', async () => {
    const pictures = footage(4);
    const fileOf = ({ device_time_ms }: RecordedPicture) => (device_time_ms < START_MS + 2_000 ? 1 : 2);
    const server = await serve({ pictures, fileOf, endings: [{ how: 'bye' }] });
    const events = await play(server.uri, { groups: 4 });
    expect(timesOf(events)).toHaveLength(20);
    expect(breaksOf(events)).toEqual([2_000]);
    expect(server.ranges.map((ms) => ms - START_MS)).toEqual([0, 1_801, 2_201, 3_801, 4_201]);
  });
});

function aggregate(...nals: readonly Buffer[]): Buffer {
  return Buffer.concat([
    Buffer.of(24),
    ...nals.flatMap((nal) => [Buffer.of(nal.length >> 8, nal.length & 0xff), nal]),
  ]);
}
