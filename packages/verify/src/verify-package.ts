import {
  type FileHash,
  FormatError,
  MANIFEST_BYTES_MAX,
  MANIFEST_NAME,
  type Manifest,
  PUBLIC_KEY_NAME,
  parseSha256Sums,
  SHA256SUMS_BYTES_MAX,
  SHA256SUMS_NAME,
  SIGNATURE_NAME,
} from '@minhchung/formats';
import { checkAudioFiles } from './beside/check-audio-files.ts';
import { checkMetadataFiles } from './beside/check-metadata-files.ts';
import { checkFiles } from './files/check-files.ts';
import { checkSignature, type FoundKey } from './files/check-signature.ts';
import { openPackageFolder, type PackageFolder, readSmallFile } from './files/package-folder.ts';
import { SMALL_FILE_BYTES_MAX } from './limits.ts';
import { checkClock, checkTrueTimes } from './manifest/check-clock.ts';
import { checkGaps } from './manifest/check-gaps.ts';
import { checkDerivatives, checkListedFiles } from './manifest/check-listed-files.ts';
import { checkNatives } from './manifest/check-natives.ts';
import { checkOrderOfTimes, checkPeople } from './manifest/check-people.ts';
import { checkSearches } from './manifest/check-searches.ts';
import { checkSource } from './manifest/check-source.ts';
import { checkSpans } from './manifest/check-spans.ts';
import { readManifest } from './manifest/read-manifest.ts';
import { checkMasters } from './master/check-masters.ts';
import type { SeenBreaks } from './master/check-short-breaks.ts';
import { Findings, printable } from './report/findings.ts';
import { notesOf } from './report/notes.ts';
import type { Report, ReportedPackage } from './report/report.ts';

export interface VerifyOptions {
  /**
   * Raw 32-byte Ed25519 keys that the deployment has published. Without any, the key in the package is used: that
   * proves integrity, not origin, and the report says so.
   */
  readonly public_keys?: readonly Uint8Array[];
  readonly signal?: AbortSignal;
}

/**
 * Checks the package in a folder: every hash, the signature, the manifest's form and sense, and what the masters
 * themselves say. Needs no server and no account, changes nothing, follows no link. Lists every untruth instead of
 * stopping at the first. Throws only when the machine fails (a disk error) or the signal aborts.
 */
export async function verifyPackage(path: string, options: VerifyOptions = {}): Promise<Report> {
  const findings = new Findings();
  const folder = await openFolder(path, findings);
  if (folder === null) return reportOf(findings, null, null, null);
  findings.judge('file_names', folder.strangers);

  const sums = await readSmallFile(folder, SHA256SUMS_NAME, SHA256SUMS_BYTES_MAX);
  const listed = readSums(sums, findings);
  const index = {
    sums,
    signature: await readSmallFile(folder, SIGNATURE_NAME, SMALL_FILE_BYTES_MAX),
    enclosed_key_pem: await readSmallFile(folder, PUBLIC_KEY_NAME, SMALL_FILE_BYTES_MAX),
  };
  const key = checkSignature(index, options.public_keys ?? [], findings);
  const seen = await checkFiles(folder, listed, findings, options.signal);

  const manifest = readManifest(await readSmallFile(folder, MANIFEST_NAME, MANIFEST_BYTES_MAX), findings);
  let short_breaks: SeenBreaks | null = null;
  if (manifest !== null) {
    checkListedFiles(manifest, listed, seen, findings);
    checkKeyNamed(manifest, key, findings);
    checkPeople(manifest, findings);
    checkOrderOfTimes(manifest, findings);
    checkClock(manifest, findings);
    checkSource(manifest, findings);
    checkDerivatives(manifest, findings);
    checkNatives(manifest, findings);
    checkSpans(manifest, findings);
    if (checkSearches(manifest, findings)) {
      checkGaps(manifest, findings);
      checkTrueTimes(manifest, findings);
      short_breaks = await checkMasters(manifest, folder, findings);
      await checkAudioFiles(manifest, folder, findings);
      await checkMetadataFiles(manifest, folder, findings);
    }
  }
  return reportOf(findings, key, manifest, short_breaks);
}

async function openFolder(path: string, findings: Findings): Promise<PackageFolder | null> {
  try {
    const folder = await openPackageFolder(path);
    findings.pass('folder');
    return folder;
  } catch (error) {
    findings.fail('folder', { problem: error instanceof Error ? error.message : String(error) });
    return null;
  }
}

function readSums(sums: Uint8Array | null, findings: Findings): FileHash[] {
  try {
    if (sums === null) throw new FormatError('it is missing or too long');
    const listed = parseSha256Sums(sums);
    findings.pass('sums_form');
    return listed;
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    findings.fail('sums_form', { problem: error.message });
    return [];
  }
}

function checkKeyNamed(manifest: Manifest, key: FoundKey | null, findings: Findings): void {
  const stated = manifest.signing.key_id;
  if (key === null) return;
  if (key.key_id === stated) findings.pass('manifest_key');
  else findings.fail('manifest_key', { stated, actual: key.key_id });
}

function reportOf(
  findings: Findings,
  key: FoundKey | null,
  manifest: Manifest | null,
  short_breaks: SeenBreaks | null,
): Report {
  return {
    ok: findings.ok,
    authority: manifest?.authority ?? null,
    checks: findings.checks,
    key,
    package: manifest && summaryOf(manifest),
    notes: notesOf(key, manifest, short_breaks),
  };
}

function summaryOf(manifest: Manifest): ReportedPackage {
  return {
    package_id: printable(manifest.package_id),
    request_number: printable(manifest.request.number),
    case_number: printable(manifest.case.number),
    camera: printable(`${manifest.camera.code} ${manifest.camera.name}`),
    outcome: manifest.outcome,
  };
}
