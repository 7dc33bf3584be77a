export { attemptKey, attemptPrefix } from './attempt.ts';
export { createExtractor, type ExtractorOptions } from './extract-item.ts';
export type { RetryPolicy } from './failure.ts';
export { nativeFiles } from './handed-in/native-files.ts';
export { createSourceOpener, type SourceAdapters } from './open-source.ts';
export type { ExtractionRouteDeps } from './routes/deps.ts';
export { extractionRoutes } from './routes/extraction-routes.ts';
export { createSettler, type SettleCalledOff } from './settle-called-off.ts';
export { extractAlone, type StandaloneOptions, type StandaloneOutcome } from './standalone/extract-alone.ts';
export type { ClockSeen, StandaloneRequest } from './standalone/standalone-assignment.ts';
export {
  discardTakenIn,
  IMPORTED_ATTEMPT,
  type TakeInOptions,
  type TakenIn,
  takeInPackage,
} from './standalone/take-in-package.ts';
export { EXTRACTION_STEPS, type ExtractionStep } from './steps.ts';
export {
  giveUpStuck,
  listStuckItems,
  retryStuck,
  type StuckAct,
  type StuckItem,
} from './stuck/stuck-items.ts';
export {
  createWorker,
  type EndedExtraction,
  type ExtractItem,
  type Worker,
  type WorkerOptions,
} from './worker.ts';
