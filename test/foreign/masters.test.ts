/** The whole way from a foreign replay server to masters: source, cut, writer, archive, and the pictures decoded. */
import { join } from 'node:path';
import { createLocalArchive } from '@minhchung/archive';
import type { ArchiveStore, DeviceClient, Span } from '@minhchung/domain';
import { createOnvifReplaySource } from '@minhchung/footage';
import { type MasterResult, writeMasters } from '@minhchung/media';
import { createReplayClient } from '@minhchung/onvif';
import { readBurnedClocks } from '@minhchung/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADDRESS, foreignWorld, SIGNAL, START_MS, span } from './world.ts';

const HOLE = span(5_000, 7_000);
const ASKED = span(3_300, 9_700);
const RECORDING = 'Recording_1';
const world = foreignWorld();
let archive: ArchiveStore;

beforeAll(async () => {
  archive = await createLocalArchive({ root: join(world.folder, 'archive') });
});
afterAll(() => archive.close());

/** GStreamer replays and does not search: what Search would tell is told here. */
function searchOf(uri: string, held: readonly Span[]): DeviceClient {
  const unasked = () => Promise.reject(new Error('a replay source does not ask for this'));
  const known = { source_token: 'source', source_name: 'Ngõ 5', status: 'Stopped' };
  const retained = { earliest_ms: held[0]!.start_ms, latest_ms: held.at(-1)!.end_ms };
  return {
    ...{ readClock: unasked, describe: unasked, profiles: unasked, streamUri: unasked },
    ...{ snapshotUri: unasked, summary: unasked },
    recordings: async () => [{ recording_token: RECORDING, ...known, ...retained }],
    recordedSpans: async () => [...held],
    replayUri: async () => uri,
    close: async () => {},
  };
}

async function cut(uri: string, held: readonly Span[], name: string): Promise<MasterResult[]> {
  const source = createOnvifReplaySource({
    device: searchOf(uri, held),
    replay: createReplayClient(),
    address: ADDRESS,
    recording: { recording_token: RECORDING },
  });
  const { masters } = await writeMasters({
    events: source.read(ASKED, SIGNAL),
    device_span: ASKED,
    openSink: (index) => archive.create(`${name}/1/master-${index}.mp4`),
    signal: SIGNAL,
  });
  await source.close();
  return [...masters];
}

/** True times decoded out of the pictures of all masters; every strip must be readable. */
async function pictures(name: string, masters: readonly MasterResult[]): Promise<number[]> {
  const times: number[] = [];
  for (const { index } of masters) {
    for await (const clock of readBurnedClocks(archive.localPath(`${name}/1/master-${index}.mp4`)!)) {
      expect(clock.valid).toBe(true);
      times.push(clock.true_time_ms);
    }
  }
  return times;
}

describe.each(['h264', 'h265'] as const)('masters of %s from a foreign replay server', (codec) => {
  it('hold exactly the frames from the keyframe before the span to its end', async () => {
    const footage = await world.record(`whole-${codec}`, { codec, variable_frame_rate: true, b_frames: 2 });
    const { uri } = await world.serve({ footage });
    const masters = await cut(uri, [span(0, 12_000)], `whole-${codec}`);
    expect(masters).toHaveLength(1);
    const keyframe_ms = footage.frames.findLast(
      ({ is_keyframe, true_time_ms }) => is_keyframe && true_time_ms <= ASKED.start_ms,
    )!.true_time_ms;
    const recorded = footage.frames.map(({ true_time_ms }) => true_time_ms).sort((a, b) => a - b);
    const delivered = await pictures(`whole-${codec}`, masters);
    const inside = recorded.filter((time) => time >= keyframe_ms && time < ASKED.end_ms);
    // A later picture that an earlier one was predicted from may follow the end of the span.
    expect(delivered.slice(0, inside.length)).toEqual(inside);
    expect(masters[0]!.frames.frames_inside).toBe(
      recorded.filter((time) => time >= ASKED.start_ms && time < ASKED.end_ms).length,
    );
    expect(masters[0]!.first_frame_device_time_us).toBe(keyframe_ms * 1000);
  });

  it('tell a hole as a gap, be it flagged or only a jump of time', async () => {
    const footage = await world.record(`hole-${codec}`, { codec });
    const { uri } = await world.serve({ footage, holes: [[HOLE.start_ms * 1000, HOLE.end_ms * 1000]] });
    const masters = await cut(uri, [span(0, 12_000)], `hole-${codec}`);
    const found = masters.flatMap(({ frames }) => frames.found_spans);
    expect(found).toHaveLength(2);
    const [before, after] = found as [Span, Span];
    // The last frame before the hole lasts as long as the one before it; the hole ends at the next keyframe.
    expect(before.end_ms).toBeLessThanOrEqual(HOLE.start_ms + 80);
    expect(after.start_ms).toBe(START_MS + 8_000);
    const times = await pictures(`hole-${codec}`, masters);
    expect(times.filter((time) => time >= HOLE.start_ms && time < START_MS + 8_000)).toEqual([]);
  });
});
