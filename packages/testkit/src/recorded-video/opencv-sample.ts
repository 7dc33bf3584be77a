import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { CodedError } from '@minhchung/domain';
import { runTool, startTool } from '../process/run-tool.ts';
import { writeAll } from '../process/write-all.ts';

const PACKAGE = 'opencv-doc';
const SAMPLE = 'vtest.avi';

/**
 * Path of `vtest.avi`, ten frames a second of people crossing a real square, out of Debian's package `opencv-doc`.
 * The first call downloads the package (about 96 MB) with apt into `cache_dir`, takes the one file (8 MB) and
 * deletes the package; nothing is installed and no root is needed. Throws `SAMPLE_UNAVAILABLE` with the reason.
 */
export async function vtestFromOpencvDoc(cache_dir: string, signal?: AbortSignal): Promise<string> {
  const sample_path = join(resolve(cache_dir), SAMPLE);
  if (await stat(sample_path).catch(() => null)) return sample_path;
  await mkdir(cache_dir, { recursive: true });
  const work_dir = await mkdtemp(join(resolve(cache_dir), 'download-'));
  try {
    await runTool('apt-get', ['-q', 'download', PACKAGE], { cwd: work_dir, signal });
    const package_name = (await readdir(work_dir)).find((name) => name.endsWith('.deb'));
    if (!package_name) throw new Error('apt-get downloaded nothing');
    const taken_path = join(work_dir, 'sample');
    await takeFromPackage(join(work_dir, package_name), taken_path, signal);
    const plain_path = await unzipped(taken_path);
    await rename(plain_path, sample_path);
    return sample_path;
  } catch (error) {
    if (signal?.aborted) throw new CodedError('CANCELLED', {}, { cause: error });
    const reason = (error instanceof Error ? error.message : String(error)).replace(/\.+$/, '');
    throw new CodedError('SAMPLE_UNAVAILABLE', { name: SAMPLE, package: PACKAGE, reason }, { cause: error });
  } finally {
    await rm(work_dir, { recursive: true, force: true });
  }
}

/** Streams one member of a Debian package to a file. */
async function takeFromPackage(
  package_path: string,
  target_path: string,
  signal?: AbortSignal,
): Promise<void> {
  const unpack = startTool('dpkg-deb', ['--fsys-tarfile', package_path], { signal });
  const select = startTool('tar', ['-xO', '--wildcards', `./usr/share/doc/${PACKAGE}/*/${SAMPLE}*`], {
    signal,
  });
  unpack.stdin.end();
  try {
    // tar ends at the archive's end mark, before the padding behind it: only its own verdict counts.
    await Promise.all([
      writeAll(select.stdin, unpack.stdout as AsyncIterable<Buffer>),
      pipeline(select.stdout, createWriteStream(target_path)),
      select.finished,
    ]);
  } finally {
    unpack.stop();
    select.stop();
  }
}

/** Debian compresses large documents: unpacks the file when it is gzip, else leaves it. */
async function unzipped(path: string): Promise<string> {
  const file = await open(path, 'r');
  const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0).finally(() => file.close());
  if (buffer.readUInt16BE(0) !== 0x1f8b) return path;
  await pipeline(createReadStream(path), createGunzip(), createWriteStream(`${path}.plain`));
  return `${path}.plain`;
}
