import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import {
  type ArchiveStore,
  CodedError,
  type DerivativeMaker,
  formatVietnam,
  type ItemReason,
  isCoded,
  type PlayableSound,
} from '@minhchung/domain';
import type { ManifestDerivative } from '@minhchung/formats';
import { archiveBytes } from './archive-bytes.ts';
import { attemptKey } from './attempt.ts';
import type { ArchivedMaster } from './cut-footage-of.ts';
import { reasonOf } from './failure.ts';
import type { StepLog } from './steps.ts';

/** A little more than one tick of a master's timescale (1/90,000 s): a range that ends so after a frame holds it. */
const TICK_US = 12;

export interface DeriveContext {
  readonly archive: ArchiveStore;
  readonly maker: DerivativeMaker;
  readonly attempt_prefix: string;
  /** A folder of this attempt's own, for files on their way into the archive. */
  readonly work_folder: string;
  readonly steps: StepLog;
  readonly signal: AbortSignal;
}

/** What was made from the masters, and why something could not be made (null: everything was). */
export interface Derivatives {
  readonly files: readonly ManifestDerivative[];
  readonly left_out: ItemReason | null;
}

/**
 * Makes a playable copy and a contact sheet of every master that has wanted frames.
 *
 * The masters are the evidence and may be overwritten at their source any minute, so they never wait for this:
 * when ffmpeg is missing or cannot read a master, the package goes out without the copy and says why. What the
 * archive or the lease has against it is passed on.
 */
export async function deriveFrom(
  masters: readonly ArchivedMaster[],
  context: DeriveContext,
): Promise<Derivatives> {
  const files: ManifestDerivative[] = [];
  let left_out: ItemReason | null = null;
  await mkdir(context.work_folder, { recursive: true });
  for (const master of masters) {
    const from_us = master.frames.first_inside_device_time_us;
    const last_us = master.frames.last_inside_device_time_us;
    if (from_us === null || last_us === null) continue;
    try {
      files.push(...(await deriveFromOne(master, { from_us, to_us: last_us + TICK_US }, context)));
    } catch (error) {
      if (!isCoded(error, 'TOOL_MISSING', 'TOOL_FAILED', 'TOOL_TIMEOUT', 'MEDIA_UNREADABLE')) throw error;
      left_out ??= reasonOf(
        new CodedError('DERIVATIVE_LEFT_OUT', { reason: error.texts.vi }, { cause: error }),
      );
    }
  }
  await rm(context.work_folder, { recursive: true, force: true });
  return { files, left_out };
}

interface DeviceRange {
  readonly from_us: number;
  /** Exclusive. */
  readonly to_us: number;
}

async function deriveFromOne(
  master: ArchivedMaster,
  range: DeviceRange,
  context: DeriveContext,
): Promise<ManifestDerivative[]> {
  const { maker, signal, steps } = context;
  const master_path = await pathOf(master.name, context);
  const sound = await soundOf(master, context);
  const number = master.name.replace(/^master-|\.mp4$/g, '');
  const first_us = master.first_frame_device_time_us;

  const playable = `playable-${number}.mp4`;
  await maker.playable({
    master_path,
    output_path: join(context.work_folder, playable),
    from_us: range.from_us - first_us,
    to_us: range.to_us - first_us,
    ...(sound && { sound }),
    signal,
  });
  const sheet = `contact-sheet-${number}.jpg`;
  await maker.contactSheet({
    master_path,
    output_path: join(context.work_folder, sheet),
    stills: stillsOf(master),
    signal,
  });
  steps.take('derivative_made');
  return [
    {
      ...(await archiveFile('playable', playable, master, range, context)),
      ...(sound && { has_sound: true as const }),
    },
    await archiveFile('contact_sheet', sheet, master, range, context),
  ];
}

/**
 * The stills of a master, each under the corrected time of the very frame it shows, by the offset of the master's own
 * search; with a question mark where that is one of several that may have held.
 */
function stillsOf(master: ArchivedMaster): { at_us: number; label: string }[] {
  const { min_ms, max_ms } = master.search.offset;
  const doubt = master.search.basis === 'step_within' ? ' ?' : '';
  const bound_ms = Math.ceil((max_ms - min_ms) / 2);
  return master.frames.stills_device_time_us.map((device_us) => {
    const true_ms = Math.round(device_us / 1000 - (min_ms + max_ms) / 2);
    return {
      at_us: device_us - master.first_frame_device_time_us,
      label: `${formatVietnam(true_ms, { with_ms: true })} ± ${bound_ms} ms${doubt}`,
    };
  });
}

/** Where the sound of a master lies; null: it has none inside the span. */
async function soundOf(master: ArchivedMaster, context: DeriveContext): Promise<PlayableSound | null> {
  const first_us = master.first_frame_device_time_us;
  const side_files: PlayableSound['side_files'][number][] = [];
  for (const { name, samples_inside, first_sample_device_time_us } of master.audio_files) {
    if (samples_inside === 0) continue;
    side_files.push({
      path: await pathOf(name, context),
      at_us: first_sample_device_time_us - first_us,
    });
  }
  const is_inside = master.audio_tracks.some(({ packets_inside }) => packets_inside > 0);
  const master_track_count = is_inside ? master.audio_tracks.length : 0;
  return master_track_count + side_files.length > 0 ? { master_track_count, side_files } : null;
}

/** A file of the package: in place where the archive is on this machine, else copied into the work folder. */
async function pathOf(name: string, context: DeriveContext): Promise<string> {
  const key = attemptKey(context.attempt_prefix, name);
  const in_place = context.archive.localPath(key);
  if (in_place !== null) return in_place;
  const copy = join(context.work_folder, name);
  await pipeline(context.archive.read(key), createWriteStream(copy), { signal: context.signal });
  return copy;
}

async function archiveFile(
  kind: ManifestDerivative['kind'],
  name: string,
  master: ArchivedMaster,
  range: DeviceRange,
  context: DeriveContext,
): Promise<ManifestDerivative> {
  const path = join(context.work_folder, name);
  const { archive, signal } = context;
  const key = attemptKey(context.attempt_prefix, name);
  const committed = await archiveBytes(archive, key, createReadStream(path, { signal }), signal);
  const { size } = await stat(path);
  if (size !== committed.size_bytes) {
    throw new CodedError('ARCHIVE_BROKEN', { key: name, reason: `${committed.size_bytes} of ${size} bytes` });
  }
  context.steps.take('derivative_archived');
  return {
    kind,
    name,
    ...committed,
    master_name: master.name,
    master_sha256: master.sha256,
    from_device_time_us: range.from_us,
    to_device_time_us: range.to_us,
  };
}
