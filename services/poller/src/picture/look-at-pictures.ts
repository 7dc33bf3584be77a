import {
  type Camera,
  isCoded,
  mayLookAtPicture,
  type PictureMeasures,
  type Recorder,
  type TimeSource,
} from '@minhchung/domain';
import type { Store } from '@minhchung/store';
import type { Logger } from 'pino';
import { forEachConcurrently } from '../concurrency.ts';
import { recordLook } from './record-look.ts';

export interface PictureOptions {
  readonly store: Store;
  readonly time: TimeSource;
  readonly logger: Logger;
  readonly networks: readonly string[] | null;
  readonly concurrency: number;
  /** A camera is looked at once in this time. */
  readonly period_ms: number;
  /** One look, sign-in included. */
  readonly deadline_ms: number;
  /** Asks the device for a still of the camera, now. Nothing of it is kept. */
  readonly takeStill: (camera: Camera, recorder: Recorder, signal: AbortSignal) => Promise<Uint8Array>;
  readonly measure: (still: Uint8Array) => Promise<PictureMeasures>;
}

/** What a round of looks came to. */
export interface PictureReport {
  readonly looked: number;
  /** Not online, or not allowed by the owner: not looked at. */
  readonly left_alone: number;
  /** The device gave no picture that can be read. */
  readonly unseen: number;
  readonly faults: number;
}

const CAMERAS_PER_CLAIM = 200;

/**
 * Looks once at every camera that is due, works, and may be looked at, to see whether its lens still sees. Several
 * pollers share the cameras. Numbers are kept, pictures are not.
 */
export async function lookAtPictures(options: PictureOptions, signal: AbortSignal): Promise<PictureReport> {
  const report = { looked: 0, left_alone: 0, unseen: 0, faults: 0 };
  const began_ms = options.time.now_ms();
  await forEachConcurrently(claimed(options, began_ms, signal), options.concurrency, async (camera) => {
    try {
      report[await lookAt(options, camera, signal)] += 1;
    } catch (error) {
      if (signal.aborted) return;
      report.faults += 1;
      options.logger.error({ err: error, camera: camera.code }, 'a picture could not be looked at');
    }
  });
  signal.throwIfAborted();
  return report;
}

async function* claimed(
  { store, networks, period_ms }: PictureOptions,
  at_ms: number,
  signal: AbortSignal,
): AsyncGenerator<Camera, undefined> {
  let after: string | null = null;
  while (!signal.aborted) {
    const before_ms = at_ms - period_ms;
    const limit = CAMERAS_PER_CLAIM;
    const ids: string[] = await store.pictures.claim({
      network_codes: networks,
      before_ms,
      at_ms,
      limit,
      after,
    });
    yield* await store.cameras.byIds(ids);
    if (ids.length < limit) return;
    after = ids.at(-1)!;
  }
}

async function lookAt(
  options: PictureOptions,
  camera: Camera,
  signal: AbortSignal,
): Promise<'looked' | 'left_alone' | 'unseen'> {
  const { store, time } = options;
  const [state] = await store.observations.current([camera.id]);
  if (state?.state !== 'online') return 'left_alone';
  const agreements = camera.kind === 'household' ? await store.agreements.ofCamera(camera.id) : [];
  if (!mayLookAtPicture(camera, agreements, time.now_ms())) return 'left_alone';
  const recorder = await store.recorders.byId(camera.recorder_id);
  if (recorder === null) return 'left_alone';
  const measures = await measuresOf(options, camera, recorder, signal);
  if (measures === null) return 'unseen';
  await recordLook(store, camera, { ...measures, at_ms: Math.round(time.now_ms()) });
  return 'looked';
}

/** Null where the device gives no picture: whether it works at all is what polls find out. */
async function measuresOf(
  { takeStill, measure, deadline_ms, logger }: PictureOptions,
  camera: Camera,
  recorder: Recorder,
  signal: AbortSignal,
): Promise<PictureMeasures | null> {
  const within = AbortSignal.any([signal, AbortSignal.timeout(deadline_ms)]);
  try {
    return await measure(await takeStill(camera, recorder, within));
  } catch (error) {
    signal.throwIfAborted();
    if (!isCoded(error) && !within.aborted) throw error;
    logger.debug({ camera: camera.code, err: error }, 'no picture to look at');
    return null;
  }
}
