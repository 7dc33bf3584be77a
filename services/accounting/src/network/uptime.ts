import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  addTimes,
  attestedStretches,
  type Camera,
  noTime,
  type Span,
  spanInUse,
  timeByState,
  type Uptime,
  uptimeOf,
} from '@minhchung/domain';
import type { CameraFilter } from '@minhchung/store';
import { allPages } from '../all-rows.ts';
import type { ReportDeps } from '../deps.ts';
import { ATTESTATIONS_LOOKED_AT } from '../limits.ts';

/** Uptime of some cameras added up. */
export interface CamerasUptime extends Uptime {
  readonly cameras: number;
}

/** Polled cameras by what polls saw; the others by what people said, which is another kind of knowledge. */
export interface UptimeReport {
  readonly polled: CamerasUptime;
  readonly attested: CamerasUptime;
}

export interface UptimeRules {
  /** Between two polls further apart than this nobody watched. */
  readonly gap_max_ms: number;
  readonly attestation_valid_ms: number;
}

/** Shares of a span in which the cameras of a filter worked, from the intervals of their states. */
export function reportUptime({ store }: Pick<ReportDeps, 'store'>, rules: UptimeRules) {
  return async (filter: CameraFilter, span: Span): Promise<UptimeReport> => {
    const polled = { cameras: 0, times: noTime() };
    const attested = { cameras: 0, times: noTime() };
    for await (const cameras of allPages((page) =>
      store.cameras.list({ ...filter, with_retired: true }, page),
    )) {
      const intervals = await intervalsOf(store, cameras, span);
      await nextTurn();
      const words = await wordsOn(store, cameras);
      for (const camera of cameras) {
        const in_use = spanInUse(camera, span);
        if (in_use === null) continue;
        const is_polled = camera.reach !== 'owner_only';
        const sum = is_polled ? polled : attested;
        const seen = is_polled
          ? (intervals.get(camera.id) ?? [])
          : attestedStretches(words.get(camera.id) ?? [], rules.attestation_valid_ms);
        sum.cameras += 1;
        addTimes(sum.times, timeByState(seen, in_use, is_polled ? rules.gap_max_ms : 0));
      }
      // SQLite answers within the program: whoever waits is served between two pages.
      await nextTurn();
    }
    return {
      polled: { cameras: polled.cameras, ...uptimeOf(polled.times) },
      attested: { cameras: attested.cameras, ...uptimeOf(attested.times) },
    };
  };
}

async function intervalsOf(store: ReportDeps['store'], cameras: readonly Camera[], span: Span) {
  const ids = cameras.filter(({ reach }) => reach !== 'owner_only').map(({ id }) => id);
  const by_camera = new Map<string, Awaited<ReturnType<typeof store.observations.during>>>();
  for (const one of await store.observations.during(ids, span)) {
    const known = by_camera.get(one.camera_id);
    if (known === undefined) by_camera.set(one.camera_id, [one]);
    else known.push(one);
  }
  return by_camera;
}

function wordsOn(store: ReportDeps['store'], cameras: readonly Camera[]) {
  const ids = cameras.filter(({ reach }) => reach === 'owner_only').map(({ id }) => id);
  return store.attestations.recent(ids, ATTESTATIONS_LOOKED_AT);
}
