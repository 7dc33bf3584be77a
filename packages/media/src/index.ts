export { type CutEvent, type CutOptions, cutFootage } from './cutting/cut-footage.ts';
export type { FrameFacts } from './cutting/frame-facts.ts';
export type { MasterResult } from './cutting/master-in-progress.ts';
export type { MetadataFileResult } from './cutting/metadata-file.ts';
export type { AudioFileResult } from './cutting/side-sound.ts';
export type { AudioTrackFacts, SoundHole } from './cutting/sound-facts.ts';
export {
  type CutProgress,
  type SideFile,
  type WriteMastersRequest,
  type WriteMastersResult,
  writeMasters,
} from './cutting/write-masters.ts';
export { createDerivativeMaker } from './derivatives/derivative-maker.ts';
export { MEDIA_LIMITS } from './limits.ts';
export { createMasterWriter } from './mp4/master-writer.ts';
export { measurePicture } from './picture-health/measure-picture.ts';
export { createMediaReader } from './reading/media-reader.ts';
export { encodeStillAnew } from './stills/encode-anew.ts';
export type { MediaToolOptions } from './tools/run-tool.ts';
export { describeSandbox, type SandboxLimit, type SandboxReport } from './tools/sandbox.ts';
