import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Recorder } from '@minhchung/domain';
import { type Camera, type CameraEvidence, stillHeldOf, type WorkListRules } from '@minhchung/domain';
import type { Repositories, Store } from '@minhchung/store';
import { reviewRecorders } from './review-recorder.ts';

/** What the review of the whole work list is told. */
export interface WorkListReview {
  readonly store: Store;
  readonly rules: WorkListRules;
  /** Days a recorder should keep where nothing else was agreed; null: nothing was. */
  readonly retention_agreed_days: number | null;
  readonly drift_ppm: number;
  readonly now_ms: number;
}

/** Recorders reviewed in one transaction: long enough to be quick, short enough not to hold others up. */
const RECORDERS_PER_STEP = 100;
/** Steps of coverage a horizon is told from: a week of six-hour steps. */
const COVERAGES_LOOKED_AT = 28;

/**
 * Goes through every recorder for what changes by time alone: troubles that have lasted long enough, that are mended
 * for long enough, attestations that have aged, agreements to be confirmed, retention. To be called now and then;
 * what a poll changes is reviewed with the poll. Returns how many findings were opened and closed.
 */
export async function reviewWorkList(
  review: WorkListReview,
  signal: AbortSignal,
): Promise<{ readonly opened: number; readonly closed: number }> {
  const { store, rules, now_ms: at_ms } = review;
  let after: string | null = null;
  let [opened, closed] = [0, 0];
  do {
    signal.throwIfAborted();
    const page: Awaited<ReturnType<typeof store.recorders.list>> = await store.recorders.list(
      {},
      { limit: RECORDERS_PER_STEP, after },
    );
    const work = await store.transaction(async (tx) => {
      const cameras = await tx.cameras.ofRecorders(page.rows.map(({ id }) => id));
      const found = page.rows.map((recorder) => ({ recorder, cameras: cameras.get(recorder.id) ?? [] }));
      const more = await slowEvidence(tx, found, review);
      return await reviewRecorders(
        tx,
        found.map((one) => ({ ...one, clock_was_read: null, rules, at_ms, more })),
      );
    });
    opened += work.reduce((sum, one) => sum + one.opened.length, 0);
    closed += work.reduce((sum, one) => sum + one.closed.length, 0);
    after = page.next;
    // SQLite answers within the program: whoever waits is served between two steps.
    await nextTurn();
  } while (after !== null);
  return { opened, closed };
}

/** Retention against what was agreed, and when the owner last confirmed, by camera. */
async function slowEvidence(
  tx: Repositories,
  found: readonly { readonly recorder: Recorder; readonly cameras: readonly Camera[] }[],
  { retention_agreed_days, drift_ppm, now_ms }: WorkListReview,
): Promise<Map<string, Pick<CameraEvidence, 'retention' | 'confirmed_at_ms'>>> {
  const ids = found.flatMap(({ cameras }) => cameras.map(({ id }) => id));
  const agreed = await tx.retention.ofCameras(ids);
  const agreements = new Map((await tx.agreements.validAt(ids, now_ms)).map((one) => [one.camera_id, one]));
  const more = new Map<string, Pick<CameraEvidence, 'retention' | 'confirmed_at_ms'>>();
  const is_any_agreed = retention_agreed_days !== null;
  const watched = found.filter(({ cameras }) => is_any_agreed || cameras.some(({ id }) => agreed.has(id)));
  const offsets = await tx.clockOffsets.historiesOf(watched.map(({ recorder }) => recorder.clock_id));
  const measured = ids.filter((id) => is_any_agreed || agreed.has(id));
  const coverages = await tx.coverage.recent(measured, COVERAGES_LOOKED_AT);
  for (const { recorder, cameras } of found) {
    for (const { id } of cameras) {
      const agreed_days = agreed.get(id) ?? retention_agreed_days;
      const { depth } = stillHeldOf(coverages.get(id) ?? [], offsets.get(recorder.clock_id) ?? [], drift_ppm);
      const confirmed_at_ms = agreements.get(id)?.confirmed_at_ms ?? null;
      more.set(id, { retention: { agreed_days, depth }, confirmed_at_ms });
    }
  }
  return more;
}
