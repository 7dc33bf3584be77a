export { cameraStateAfter } from './camera-state.ts';
export { createHostSuspicion, type HostSuspicion, withoutSteps } from './clock/host-suspicion.ts';
export type { ClockMeasurement, HostClockState } from './clock/measure-clock.ts';
export { measureClock } from './clock/measure-clock.ts';
export { createPoller, type Poller, type PollerOptions } from './poller.ts';
export { isCronExpression } from './schedule.ts';
export { type SweepOptions, type SweepReport, sweep } from './sweep.ts';
