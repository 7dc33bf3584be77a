export { cameraStateAfter } from './camera-state.ts';
export type { ClockMeasurement, HostClockState } from './measure-clock.ts';
export { measureClock } from './measure-clock.ts';
export { createPoller, type Poller, type PollerOptions } from './poller.ts';
export { isCronExpression } from './schedule.ts';
export { type SweepOptions, type SweepReport, sweep } from './sweep.ts';
