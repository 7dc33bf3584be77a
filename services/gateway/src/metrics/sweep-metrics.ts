import type { SweepReport } from '@minhchung/poller';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

const SWEEP_SECONDS = [0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600];
const MS_PER_S = 1_000;

/** Takes what each sweep came to. */
export function createSweepMetrics(registry: Registry): (report: SweepReport) => void {
  const registers = [registry];
  const duration = new Histogram({
    name: 'minhchung_sweep_seconds',
    help: 'Duration of a sweep over the recorders that were due.',
    buckets: SWEEP_SECONDS,
    registers,
  });
  const recorders = new Counter({
    name: 'minhchung_recorders_polled_total',
    help: 'Recorders polled.',
    registers,
  });
  const changes = new Counter({
    name: 'minhchung_camera_state_changes_total',
    help: 'Changes of a camera’s state that polls found.',
    registers,
  });
  const faults = new Counter({
    name: 'minhchung_poll_faults_total',
    help: 'Polls that could not be recorded: a fault of this system, not of a device.',
    registers,
  });
  const cameras = new Gauge({
    name: 'minhchung_sweep_cameras',
    help: 'Cameras of the newest sweep by the state it found.',
    labelNames: ['state'],
    registers,
  });
  const ended = new Gauge({
    name: 'minhchung_sweep_ended_timestamp_seconds',
    help: 'When the newest sweep ended.',
    registers,
  });
  return (report) => {
    duration.observe(report.duration_ms / MS_PER_S);
    recorders.inc(report.recorders);
    changes.inc(report.changes);
    faults.inc(report.faults);
    for (const [state, count] of Object.entries(report.by_state)) cameras.set({ state }, count);
    ended.setToCurrentTime();
  };
}
