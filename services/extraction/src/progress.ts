import type { ExtractionProgress, Lease, TimeSource, Work } from '@minhchung/domain';

/** Enough for somebody who watches; a report per keyframe would keep the database busy for nobody. */
const REPORT_INTERVAL_MS = 1000;

/**
 * Reports how far an extraction has come, at most once a second, except where a new phase begins. Progress is for
 * people who watch: losing a report loses nothing.
 */
export function progressReporter(
  work: Pick<Work, 'report'>,
  lease: Lease,
  time: TimeSource,
): (progress: ExtractionProgress) => void {
  let phase: ExtractionProgress['phase'] | null = null;
  let reported_at_ms = Number.NEGATIVE_INFINITY;
  return (progress) => {
    const now_ms = time.now_ms();
    if (progress.phase === phase && now_ms - reported_at_ms < REPORT_INTERVAL_MS) return;
    phase = progress.phase;
    reported_at_ms = now_ms;
    void work.report(lease, progress).catch(() => undefined);
  };
}
