export {
  type FollowedTrack,
  type FollowOptions,
  followRecordingFolder,
  recallRecordingFolder,
} from './folder/follow-recording-folder.ts';
export { createMemoryFolderIndex } from './folder/index/memory-folder-index.ts';
export { recogniseLayout } from './folder/recognise-layout.ts';
export {
  createRecordingFolderSource,
  type RecordingFolderOptions,
  type RecordingLayout,
} from './folder/recording-folder-source.ts';
export {
  createPlaybackUrlSource,
  type PlaybackUrlSourceOptions,
} from './playback-url/playback-url-source.ts';
export { createOnvifReplaySource, type OnvifReplaySourceOptions } from './replay/onvif-replay-source.ts';
export type { RecordingSelector } from './replay/recording-choice.ts';
export {
  createUploadSource,
  type HandedInFile,
  type UploadSourceOptions,
} from './upload/upload-source.ts';
