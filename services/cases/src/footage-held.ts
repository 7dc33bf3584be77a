import type { Camera, ClockOffsetEstimate, Coverage, Span } from '@minhchung/domain';
import type { Repositories } from '@minhchung/store';

/** What a camera's recorder was last seen to hold, in true time. */
export interface HeldFootage {
  readonly held: Span | null;
  /** Newest estimate of the clock that stamps the footage; null: never measured. */
  readonly offset: ClockOffsetEstimate | null;
}

/** What the recorders of these cameras were last seen to hold, by camera id. */
export async function heldFootage(
  repositories: Repositories,
  cameras: readonly Camera[],
): Promise<ReadonlyMap<string, HeldFootage>> {
  const offsets = new Map<string, ClockOffsetEstimate | null>();
  for (const recorder_id of new Set(cameras.map((camera) => camera.recorder_id))) {
    const recorder = await repositories.recorders.byId(recorder_id);
    const history = recorder === null ? [] : await repositories.clockOffsets.historyOf(recorder.clock_id);
    offsets.set(recorder_id, history.at(-1) ?? null);
  }
  const coverages = await repositories.coverage.latest(cameras.map((camera) => camera.id));
  const by_camera = new Map(coverages.map((coverage) => [coverage.camera_id, coverage]));
  return new Map(
    cameras.map((camera) => {
      const offset = offsets.get(camera.recorder_id) ?? null;
      return [camera.id, { held: heldSpan(by_camera.get(camera.id) ?? null, offset), offset }];
    }),
  );
}

function heldSpan(coverage: Coverage | null, offset: ClockOffsetEstimate | null): Span | null {
  if (coverage?.retained_from_device_ms == null || coverage.retained_to_device_ms === null) return null;
  if (offset === null) return null;
  const start_ms = trueTime_ms(coverage.retained_from_device_ms, offset);
  const end_ms = trueTime_ms(coverage.retained_to_device_ms, offset);
  return start_ms < end_ms ? { start_ms, end_ms } : null;
}

/** The middle of what the offset allows: good enough to rank and to foretell, not to cut. */
function trueTime_ms(device_ms: number, offset: ClockOffsetEstimate): number {
  return Math.round(device_ms - (offset.min_ms + offset.max_ms) / 2);
}
