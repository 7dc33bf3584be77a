export { cameraStateAfter } from './camera-state.ts';
export { createHostSuspicion, type HostSuspicion, withoutSteps } from './clock/host-suspicion.ts';
export { createHostWatch, type HostWatch } from './clock/host-watch.ts';
export type { ClockMeasurement, HostClockState } from './clock/measure-clock.ts';
export { measureClock } from './clock/measure-clock.ts';
export { type Cooldown, nextDue_ms } from './cooldown.ts';
export type { FolderFollower, HeldByFolder } from './folder/poll-folder.ts';
export { Turns } from './folder/turns.ts';
export { RECORDERS_REMEMBERED_MAX } from './limits.ts';
export { lookAtPictures, type PictureOptions, type PictureReport } from './picture/look-at-pictures.ts';
export { createPoller, type Poller, type PollerOptions } from './poller.ts';
export { RecorderMemory } from './recorder-memory.ts';
export { isCronExpression, type NextSweep, nextSweepOf } from './schedule.ts';
export { type SweepOptions, type SweepReport, sweep } from './sweep.ts';
export {
  type RecorderReview,
  reviewRecorder,
  reviewWorkList,
  type WorkListReview,
} from './work-list/index.ts';
