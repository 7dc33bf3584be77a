import { createWriteStream } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { downloadPackageFile, listPackageFiles } from '@minhchung/contract';
import { runCommand, type Site } from './server.ts';
import type { Staff } from './staff.ts';

/** A package on disk, as the officer took it away. */
export interface TakenPackage {
  readonly camera_code: string;
  readonly folder: string;
}

/** Downloads a delivered item's package, file by file, as its officer may. */
export async function takePackage(
  staff: Staff,
  item: { readonly id: string; readonly camera_code: string },
  directory: string,
): Promise<TakenPackage> {
  const folder = join(directory, item.camera_code);
  await mkdir(folder, { recursive: true });
  const { client } = staff.officer;
  const { files } = await client.call(listPackageFiles, { params: { item_id: item.id } });
  for (const { name } of files) {
    const { body } = await client.call(downloadPackageFile, {
      params: { item_id: item.id, file_name: name },
    });
    await pipeline(Readable.fromWeb(body), createWriteStream(join(folder, name)));
  }
  return { camera_code: item.camera_code, folder };
}

/** What `minhchung verify` said of the packages: how many are true, and every untruth. */
export interface Verification {
  readonly verified: number;
  readonly untruths: readonly string[];
}

/** Runs the verifier as a stranger would: folders and the published key, no server, no account. */
export async function verifyPackages(site: Site, packages: readonly TakenPackage[]): Promise<Verification> {
  const keys = (await readdir(site.key_dir)).filter((name) => name.endsWith('.public.pem'));
  const result = await runCommand([
    'verify',
    ...packages.map(({ folder }) => folder),
    ...['--key', ...keys.map((name) => join(site.key_dir, name))],
    '--json',
  ]);
  const reports = result.stdout
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { path: string; ok: boolean; checks: { ok: boolean; en: string }[] });
  return {
    verified: reports.filter(({ ok }) => ok).length,
    untruths: reports.flatMap(({ path, checks }) =>
      checks.filter(({ ok }) => !ok).map(({ en }) => `${path}: ${en}`),
    ),
  };
}
