export * from './burned-clock/cells.ts';
export * from './burned-clock/layout.ts';
export * from './burned-clock/read-burned-clocks.ts';
export { type CityOptions, type DeviceTrouble, sourceToken } from './city/city-plan.ts';
export type { AskedQuestion, ClockAsked } from './city/city-server.ts';
export { CITY_DEFAULTS, type City, startCity } from './city/start-city.ts';
export {
  type ChannelOptions,
  DeviceChannel,
  type MetadataDocument,
  type StampedFrame,
} from './device/channel.ts';
export type { DeviceCertificate, DeviceIdentity, OptionalService } from './device/device-model.ts';
export type { DeviceFaults, ForcedAnswer } from './device/faults.ts';
export type { DeviceQuirks } from './device/quirks.ts';
export {
  type DeviceOptions,
  type SignInWay,
  SimulatedDevice,
  startDevice,
} from './device/simulated-device.ts';
export { FOLDER_INDEX_CASES, type FolderIndexCase, indexedFile } from './folder-index/cases.ts';
export type { Scene } from './recorded-video/filter-graph.ts';
export * from './recorded-video/footage-file.ts';
export * from './recorded-video/nal-units.ts';
export * from './recorded-video/opencv-sample.ts';
export * from './recorded-video/record-footage.ts';
export * from './recorded-video/record-sound.ts';
export { type FootageFrame, type FootageUnit, RecordedFootage } from './recorded-video/recorded-footage.ts';
export type { SegmentContainer } from './segments/container-arguments.ts';
export { segmentFileName } from './segments/file-name.ts';
export * from './segments/write-segments.ts';
export * from './territory/merged-city.ts';
export * from './time/device-clock.ts';
export * from './time/fake-time.ts';
export * from './time/system-time.ts';
export type { SentTimes, SimulatedVendor, VendorOptions, VendorQuirks } from './vendor/vendor-options.ts';
export { startVendorRecorder, VendorRecorder } from './vendor/vendor-recorder.ts';
