import { execFile } from 'node:child_process';
import { link, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import {
  DeviceClock,
  FakeTime,
  type RecordedFootage,
  type SegmentContainer,
  writeSegments,
} from '@minhchung/testkit';
import type { ExactnessCase } from './factors.ts';
import { type CaseRecorder, type HeldUnit, heldOf } from './recorder.ts';
import { holesOf, isClockSet, offsetsOf, STAGE } from './stage.ts';
import { transportPictures } from './transport-pictures.ts';

/** What a recording folder's files are. */
export type FolderContainer = SegmentContainer | 'avi';

/** How each container's files are named: all tell microseconds, some lead into folders. */
const PATTERNS: Readonly<Record<FolderContainer, string>> = {
  mp4: '%Y-%m-%d/%H-%M-%S-%f.mp4',
  fmp4: '%Y-%m-%d_%H-%M-%S-%f.mp4',
  mkv: '%Y%m%d/%H/%M%S%f.mkv',
  ts: '%Y-%m-%d_%H-%M-%S-%f.ts',
  avi: '%Y%m%d/%H%M%S%f.avi',
};

/** A file of a recorder, and when its first frame was taken. */
export interface WrittenFile {
  readonly path: string;
  readonly first_true_ms: number;
}

/** Makes another file of what a recorder wrote, in place. */
export type ChangeFile = (path: string) => Promise<void>;

/** Writes the files of recording folders once for each recording, and links them under the names of a case's clock. */
export class RecordingFolders {
  readonly #directory: string;
  readonly #changeFile: ChangeFile | undefined;
  readonly #written = new Map<string, Promise<WrittenFile[]>>();
  #count = 0;

  constructor(directory: string, changeFile?: ChangeFile) {
    this.#directory = directory;
    this.#changeFile = changeFile;
  }

  async open(
    one: ExactnessCase & { readonly source: FolderContainer },
    footage: RecordedFootage,
  ): Promise<CaseRecorder> {
    const files = await this.filesOf(one, one.source, footage);
    const held = heldOf(one, footage);
    const pattern = PATTERNS[one.source];
    const path = join(this.#directory, `folder-${this.#count++}`);
    const { before_ms, after_ms } = offsetsOf(one);
    for (const file of files) {
      const offset_ms = file.first_true_ms < STAGE.set_at_ms ? before_ms : after_ms;
      const name = join(path, nameAt(pattern, file.first_true_ms + offset_ms));
      await mkdir(dirname(name), { recursive: true });
      await link(file.path, name);
    }
    return {
      seed: {
        recorder: { kind: 'folder', device_url: null, folder: { path, pattern, zone: 'Asia/Ho_Chi_Minh' } },
        source_token: null,
        credentials: null,
      },
      held,
      nal_units: one.source === 'ts' ? await transportNalUnits(files, held) : null,
      close: () => rm(path, { recursive: true }),
    };
  }

  /** The files of a case's recorder, under names that are nobody's. */
  filesOf(
    one: ExactnessCase,
    container: FolderContainer,
    footage: RecordedFootage,
  ): Promise<readonly WrittenFile[]> {
    const key = [footage.directory, container, holesOf(one).length, isClockSet(one)].join(' ');
    const written = this.#written.get(key) ?? this.#write(one, container, footage);
    this.#written.set(key, written);
    return written;
  }

  /** By a clock that tells the truth; where the case has it set, it is set here too, so that files part there. */
  async #write(
    one: ExactnessCase,
    container: FolderContainer,
    footage: RecordedFootage,
  ): Promise<WrittenFile[]> {
    const directory = join(this.#directory, `files-${this.#count++}`);
    const steps = isClockSet(one) ? [{ at_true_ms: STAGE.set_at_ms, offset_ms: 100_000 }] : [];
    const segments = await writeSegments(footage, {
      directory,
      container: container === 'avi' ? 'mp4' : container,
      pattern: `%Y-%m-%d_%H-%M-%S-%f.${container}`,
      clock: new DeviceClock(new FakeTime(STAGE.start_ms), 0, steps),
      segment_ms: STAGE.segment_ms,
      missing: { holes: holesOf(one) },
    });
    const files = segments.map(({ name, frames }) => ({
      path: join(directory, name),
      first_true_ms: frames[0]!.true_time_ms,
    }));
    for (const { path } of files) {
      if (container === 'avi') await remux(path, ['-f', 'avi']);
      await this.#changeFile?.(path);
    }
    return files;
  }
}

/** Puts the packets of a file into another container, or under other times, in place. */
export async function remux(path: string, output: readonly string[]): Promise<void> {
  const copy = `${path}.copy`;
  await promisify(execFile)('ffmpeg', [
    '-v',
    'error',
    '-y',
    '-i',
    path,
    '-c',
    'copy',
    ...output,
    `file:${copy}`,
  ]);
  await rename(copy, path);
}

/** What the files really hold: the muxer puts delimiters before pictures and may repeat parameter sets. */
async function transportNalUnits(
  files: readonly WrittenFile[],
  held: readonly HeldUnit[],
): Promise<ReadonlyMap<number, readonly Buffer[]>> {
  const read = await Promise.all(files.map(async ({ path }) => transportPictures(await readFile(path))));
  const pictures = read.flat();
  if (pictures.length !== held.length) {
    throw new Error(`the files hold ${pictures.length} pictures, not ${held.length}`);
  }
  return new Map(held.map(({ true_time_ms }, n) => [true_time_ms, pictures[n]!]));
}

/** The name of a file that begins at a device time, in Vietnam time. */
function nameAt(pattern: string, device_time_ms: number): string {
  const local = new Date(device_time_ms + 7 * 3_600_000).toISOString();
  const [, Y, m, d, H, M, S, ms] = /^(\d+)-(\d+)-(\d+)T(\d+):(\d+):(\d+)\.(\d+)Z$/.exec(local)!;
  const fields: Readonly<Record<string, string>> = {
    Y: Y!,
    m: m!,
    d: d!,
    H: H!,
    M: M!,
    S: S!,
    f: `${ms}000`,
  };
  return pattern.replaceAll(/%([YmdHMSf])/g, (_, letter: string) => fields[letter]!);
}
