import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type ArchiveStore, CodedError } from '@minhchung/domain';
import { MANIFEST_NAME, type Manifest, parseManifest } from '@minhchung/formats';
import { openPackageFolder, verifyPackage } from '@minhchung/verify';
import { archiveBytes } from '../archive-bytes.ts';
import { attemptKey, attemptPrefix } from '../attempt.ts';

/** Attempt under which a package that came from outside lies: before any of our own. */
export const IMPORTED_ATTEMPT = 1;

export interface TakeInOptions {
  readonly archive: ArchiveStore;
  /** A folder of this process's own; the package is copied there before it is believed. */
  readonly work_dir: string;
  /** The item it is to become. */
  readonly item_id: string;
  /** Asked when the package turned out to be true; what it throws ends the taking in, and nothing was archived. */
  readonly admit: (manifest: Manifest) => Promise<void>;
  readonly signal: AbortSignal;
}

/** A package that lies in the archive as an attempt at an item. */
export interface TakenIn {
  readonly manifest: Manifest;
  readonly manifest_sha256: string;
}

/**
 * Copies a package that somebody made alone into the archive, as the first attempt at an item, file by file with the
 * manifest last. What is checked is a copy of our own, so that nothing can change between looking and taking. The
 * next worker that claims the item finds the attempt and takes it over, as it does after a crash. Throws
 * `PACKAGE_UNTRUE`, `PACKAGE_HAS_AUTHORITY`, what `admit` and the archive throw.
 */
export async function takeInPackage(path: string, options: TakeInOptions): Promise<TakenIn> {
  const { archive, item_id, signal } = options;
  await mkdir(options.work_dir, { recursive: true });
  const copy = await mkdtemp(join(options.work_dir, 'import-'));
  const prefix = attemptPrefix({ item_id, token: IMPORTED_ATTEMPT });
  try {
    const names = await copyFolder(path, copy, signal);
    const manifest = await believed(copy, basename(path), signal);
    await options.admit(manifest);
    try {
      for (const name of names.filter((other) => other !== MANIFEST_NAME)) {
        await archiveFile(archive, join(copy, name), attemptKey(prefix, name), signal);
      }
      await archiveFile(archive, join(copy, MANIFEST_NAME), attemptKey(prefix, MANIFEST_NAME), signal);
    } catch (error) {
      await archive.discardAttempt(prefix).catch(() => undefined);
      throw error;
    }
    const bytes = await readFile(join(copy, MANIFEST_NAME));
    return { manifest, manifest_sha256: createHash('sha256').update(bytes).digest('hex') };
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

/** Removes a package that was taken in and became no item. */
export async function discardTakenIn(archive: ArchiveStore, item_id: string): Promise<void> {
  await archive.discardAttempt(attemptPrefix({ item_id, token: IMPORTED_ATTEMPT }), { archived_too: true });
}

async function copyFolder(path: string, copy: string, signal: AbortSignal): Promise<readonly string[]> {
  const folder = await openPackageFolder(path).catch((error: unknown) => {
    throw untrue(basename(path), error instanceof Error ? error.message : String(error));
  });
  const [stranger] = folder.strangers;
  if (stranger !== undefined) throw untrue(basename(path), `${stranger.name}: ${stranger.problem}`);
  for (const name of folder.names) {
    await mkdir(dirname(join(copy, name)), { recursive: true });
    const file = await folder.open(name);
    const target = createWriteStream(join(copy, name), { flags: 'wx', mode: 0o600 });
    await pipeline(file.createReadStream(), target, { signal });
  }
  return folder.names;
}

/** The manifest of a package in which everything is true and that claims no authority. */
async function believed(copy: string, name: string, signal: AbortSignal): Promise<Manifest> {
  const report = await verifyPackage(copy, { signal });
  const wrong = report.checks.find(({ ok }) => !ok);
  if (!report.ok || wrong !== undefined) {
    throw untrue(name, wrong?.vi ?? 'verify', wrong?.en ?? 'verify');
  }
  const manifest = parseManifest(await readFile(join(copy, MANIFEST_NAME)));
  if (manifest.authority === undefined) {
    throw new CodedError('PACKAGE_HAS_AUTHORITY', { package: name, number: manifest.request.number });
  }
  const more = beyondPictures(manifest);
  if (more !== null) throw new CodedError('PACKAGE_HAS_MORE', { package: name, what: more });
  return manifest;
}

/**
 * What a package has beside pictures, which extracting alone never takes: it would come in without the agreement
 * that sound needs, and past everybody who decides about it.
 */
function beyondPictures({ masters, audio_files, natives }: Manifest): string | null {
  const has_sound = masters.some(({ audio_tracks }) => (audio_tracks?.length ?? 0) > 0);
  if (has_sound || (audio_files?.length ?? 0) > 0) return 'âm thanh · sound';
  return (natives?.length ?? 0) > 0 ? 'tệp gốc · native files' : null;
}

async function archiveFile(archive: ArchiveStore, path: string, key: string, signal: AbortSignal) {
  await archiveBytes(archive, key, createReadStream(path, { signal }), signal);
}

function untrue(name: string, problem_vi: string, problem_en = problem_vi): CodedError {
  return new CodedError('PACKAGE_UNTRUE', { package: name, problem_vi, problem_en });
}
