import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Material } from './material.ts';

const run = promisify(execFile);

/** What a person does without the product, one after the other: cut, hash, copy, and wait until it is on the disk. */
export async function cutByHand(
  material: Material,
  span: { readonly start_ms: number; readonly end_ms: number },
  folder: string,
): Promise<{ readonly wall_ms: number }> {
  await mkdir(join(folder, 'kept'), { recursive: true });
  const out = join(folder, 'out.mp4');
  const kept = join(folder, 'kept', 'out.mp4');
  const meeting = material.files.filter(
    (file, n) => file.start_ms < span.end_ms && (material.files[n + 1]?.start_ms ?? Infinity) > span.start_ms,
  );
  const list = join(folder, 'list.txt');
  await writeFile(list, meeting.map(({ path }) => `file '${path}'\n`).join(''));
  const input = meeting.length === 1 ? ['-i', meeting[0]!.path] : ['-f', 'concat', '-safe', '0', '-i', list];
  const from_s = (span.start_ms - meeting[0]!.start_ms) / 1000;
  const length_s = (span.end_ms - span.start_ms) / 1000;
  const began_ms = performance.now();
  await run('ffmpeg', [
    ...['-v', 'error', '-y', '-ss', String(from_s), ...input, '-t', String(length_s), '-c', 'copy', out],
  ]);
  await run('openssl', ['dgst', '-sha256', out]);
  await run('cp', [out, kept]);
  await run('sync', [kept]);
  const wall_ms = performance.now() - began_ms;
  await rm(folder, { recursive: true });
  return { wall_ms };
}
