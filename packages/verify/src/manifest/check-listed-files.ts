import { type FileHash, MANIFEST_NAME, type Manifest } from '@minhchung/formats';
import type { SeenFile } from '../files/check-files.ts';
import type { Details, Findings } from '../report/findings.ts';

/** Checks that the manifest lists the files of `SHA256SUMS`, each once, with the sizes and hashes they have. */
export function checkListedFiles(
  manifest: Manifest,
  sums: readonly FileHash[],
  seen: ReadonlyMap<string, SeenFile>,
  findings: Findings,
): void {
  const problems: Details[] = [];
  const unlisted = new Set(sums.map((file) => file.name));
  unlisted.delete(MANIFEST_NAME);
  const names = new Set<string>();
  for (const file of [
    ...manifest.masters,
    ...(manifest.audio_files ?? []),
    ...(manifest.metadata_files ?? []),
    ...manifest.derivatives,
    ...manifest.documents,
    ...(manifest.natives ?? []).filter(({ withheld }) => withheld === undefined),
  ]) {
    const { name } = file;
    const actual = seen.get(name);
    if (names.has(name)) problems.push({ name, problem: 'it is listed twice' });
    else if (!unlisted.delete(name)) problems.push({ name, problem: 'it is not in SHA256SUMS' });
    if (actual !== undefined && actual.sha256 !== file.sha256) {
      problems.push({ name, problem: `its hash is ${actual.sha256}, stated is ${file.sha256}` });
    }
    if (actual !== undefined && actual.size_bytes !== file.size_bytes) {
      problems.push({ name, problem: `it has ${actual.size_bytes} bytes, stated are ${file.size_bytes}` });
    }
    names.add(name);
  }
  for (const name of unlisted) problems.push({ name, problem: 'it is in SHA256SUMS only' });
  findings.judge('manifest_files', problems);
}

/** Checks that each derivative names a master of the package, by name and hash. */
export function checkDerivatives(manifest: Manifest, findings: Findings): void {
  const masters = new Map(manifest.masters.map((master) => [master.name, master]));
  const problems: Details[] = [];
  for (const { name, master_name, master_sha256, ...derivative } of manifest.derivatives) {
    const master = masters.get(master_name);
    if (master === undefined) {
      problems.push({ name, problem: `there is no master ${master_name}` });
      continue;
    }
    if (master.sha256 !== master_sha256) problems.push({ name, problem: `${master_name} has another hash` });
    if (derivative.from_device_time_us >= derivative.to_device_time_us) {
      problems.push({ name, problem: 'it ends before it begins' });
    }
    const has_sound =
      (master.audio_tracks ?? []).length > 0 ||
      (manifest.audio_files ?? []).some((file) => file.master_name === master_name);
    if (derivative.has_sound && !has_sound) {
      problems.push({ name, problem: `it has sound, and ${master_name} has none` });
    }
  }
  findings.judge('derivatives', problems);
}
