import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Span } from '@minhchung/domain';
import { createReplayClient } from '@minhchung/onvif';
import { BareDrain } from '../../../test/foreign/bare-drain.ts';
import { type ReplayServer, startReplayServer } from '../../../test/foreign/replay-server.ts';
import type { Bench, BenchResult } from '../bench.ts';
import { measured, median, type Usage } from '../poll/usage.ts';
import { FOOTAGE_START_MS, recordPiece, repeated } from './served-footage.ts';

const MINUTES_DEFAULT = 10;
const GROWTH = 10;
const ADDRESS = { device_url: 'http://127.0.0.1/', username: null, password: null };

/** One pair: the same span drained and replayed, one after the other. */
interface Pair {
  readonly drain: Usage;
  readonly replay: Usage;
  readonly bytes: number;
  readonly frames: number;
}

/** Design page "Measures", bench `replay`. */
export const replayBench: Bench = {
  name: 'replay',
  about: 'replay of 720p25 at 4 Mbit/s from GStreamer’s ONVIF server, against a bare drain of its packets',
  options: [`--minutes N   of footage (${MINUTES_DEFAULT})   --pairs N   (7)`],

  async run(args, say) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        minutes: { type: 'string', default: String(MINUTES_DEFAULT) },
        pairs: { type: 'string', default: '7' },
      },
    });
    const media_s = Number(values.minutes) * 60;
    const folder = await mkdtemp(join(tmpdir(), 'minhchung-bench-'));
    try {
      say('recording 20 s, served again and again');
      const piece = await recordPiece(folder);
      const server = await startReplayServer({ footage: piece, frames: repeated(piece, media_s) });
      try {
        const growth = [];
        for (const length_s of [media_s / GROWTH, media_s]) {
          growth.push({
            media_s: length_s,
            pairs: await measurePairs(server, length_s, Number(values.pairs), say),
          });
        }
        return resultOf(growth);
      } finally {
        await server.close();
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

async function measurePairs(
  server: ReplayServer,
  media_s: number,
  count: number,
  say: (line: string) => void,
): Promise<Pair[]> {
  const span = { start_ms: FOOTAGE_START_MS, end_ms: FOOTAGE_START_MS + media_s * 1000 };
  say(`${media_s} s of footage, ${count} pairs after one to warm up`);
  const pairs: Pair[] = [];
  for (let n = 0; n <= count; n += 1) {
    const drained = await measured(() => drain(server.uri, span));
    const replayed = await measured(() => replay(server.uri, span));
    if (n === 0) continue;
    pairs.push({
      drain: drained.usage,
      replay: replayed.usage,
      bytes: drained.result,
      frames: replayed.result,
    });
    const [bare_ms, our_ms] = [drained.usage.wall_ms, replayed.usage.wall_ms];
    say(`  pair ${n}: drained in ${bare_ms.toFixed(0)} ms, replayed in ${our_ms.toFixed(0)} ms`);
  }
  return pairs;
}

async function drain(uri: string, span: Span): Promise<number> {
  const connection = await BareDrain.open(uri);
  try {
    return (await connection.play(span)).bytes;
  } finally {
    connection.close();
  }
}

async function replay(uri: string, device_span: Span): Promise<number> {
  const request = { uri, device_span, address: ADDRESS };
  let frames = 0;
  for await (const event of createReplayClient().replay(request, new AbortController().signal)) {
    if (event.type === 'unit') frames += 1;
  }
  return frames;
}

const round = (value: number, digits = 2) => Number(value.toFixed(digits));

function resultOf(
  growth: readonly { readonly media_s: number; readonly pairs: readonly Pair[] }[],
): BenchResult {
  const rows = growth.map(({ media_s, pairs }) => {
    const middle = (value: (pair: Pair) => number) => median(pairs.map(value));
    return {
      media_s,
      frames: pairs[0]!.frames,
      rtp_mb: round(pairs[0]!.bytes / 1e6, 1),
      drain_ms: round(
        middle(({ drain }) => drain.wall_ms),
        0,
      ),
      replay_ms: round(
        middle(({ replay }) => replay.wall_ms),
        0,
      ),
      drain_cpu_ms: round(
        middle(({ drain }) => drain.cpu_ms),
        0,
      ),
      replay_cpu_ms: round(
        middle(({ replay }) => replay.cpu_ms),
        0,
      ),
      ratio: round(middle(({ drain, replay }) => replay.wall_ms / drain.wall_ms)),
      rss_max_mb: round(Math.max(...pairs.map(({ replay }) => replay.rss_max_mb)), 0),
    };
  });
  const whole = rows.at(-1)!;
  return {
    figures: [
      {
        name: 'ratio_to_drain',
        value: whole.ratio,
        goal_max: 1.25,
        meaning: 'replay ÷ bare drain, same span',
      },
      {
        name: 'times_realtime',
        value: round((whole.media_s * 1000) / whole.replay_ms, 0),
        goal_max: null,
        goal_min: 200,
        meaning: 'seconds of footage a second',
      },
    ],
    details: { growth: rows },
    notes: [
      'Server, drain and client share this machine; medians of pairs that alternate. The time is the server’s as ' +
        'long as replay_cpu_ms stays below drain_ms: it makes the packets in one thread while the client takes them.',
      'Cost grows with bytes: our own work is one copy of every packet into its access unit; memory does not grow.',
    ],
  };
}
