import type { Manifest, ManifestAudioFile, ManifestMaster, ManifestSpan } from '@minhchung/formats';
import type { PackageFolder } from '../files/package-folder.ts';
import { readerOf } from '../files/random-reader.ts';
import type { Details, Findings } from '../report/findings.ts';
import { readWave, WaveError, type WaveFacts } from './read-wave.ts';

/** The last frame has no end of its own in the manifest: sound may overlap it for as long as a frame may last. */
const LAST_FRAME_US_MAX = 2_000_000;

/** Opens every file of sound beside the masters and compares it with what the manifest says of it. */
export async function checkAudioFiles(
  manifest: Manifest,
  folder: PackageFolder,
  findings: Findings,
): Promise<void> {
  const masters = new Map(manifest.masters.map((master) => [master.name, master]));
  let previous: ManifestAudioFile | null = null;
  for (const stated of manifest.audio_files ?? []) {
    if (!folder.names.includes(stated.name)) continue;
    const problems: Details[] = [];
    const wave = await readOrSay(stated, folder, problems);
    if (wave !== null) problems.push(...differences(stated, wave));
    const master = masters.get(stated.master_name);
    if (master === undefined) {
      problems.push({ what: 'master_name', actual: null, stated: stated.master_name });
    } else {
      problems.push(...placeProblems(stated, master, manifest.searches[master.search]!.device_span));
    }
    if (previous?.master_name === stated.master_name) problems.push(...orderProblems(previous, stated));
    findings.judge('audio_file', problems, stated.name);
    previous = stated;
  }
}

async function readOrSay(
  { name }: ManifestAudioFile,
  folder: PackageFolder,
  problems: Details[],
): Promise<WaveFacts | null> {
  const file = await folder.open(name);
  try {
    return await readWave(await readerOf(file));
  } catch (error) {
    if (!(error instanceof WaveError)) throw error;
    problems.push({ what: 'WAVE', actual: error.message, stated: null });
    return null;
  } finally {
    await file.close();
  }
}

function differences(stated: ManifestAudioFile, wave: WaveFacts): Details[] {
  const fields = ['codec', 'sample_rate_hz', 'channel_count', 'sample_count'] as const;
  return fields
    .filter((field) => wave[field] !== stated[field])
    .map((field) => ({ what: field, actual: wave[field], stated: stated[field] }));
}

/** The file overlaps its master, and its samples lie to the searched span as it says. */
function placeProblems(stated: ManifestAudioFile, master: ManifestMaster, searched: ManifestSpan): Details[] {
  const problems: Details[] = [];
  const first_us = stated.first_sample_device_time_us;
  const is_apart =
    endOf(stated) < master.first_frame_device_time_us ||
    first_us > master.last_frame_device_time_us + LAST_FRAME_US_MAX;
  if (is_apart) problems.push({ what: 'first_sample_device_time_us', actual: null, stated: first_us });
  const countBefore = (time_ms: number) => {
    const samples = Math.ceil(((time_ms * 1000 - first_us) * stated.sample_rate_hz) / 1_000_000);
    return Math.min(Math.max(samples, 0), stated.sample_count);
  };
  const before = countBefore(searched.start_ms);
  const inside = countBefore(searched.end_ms) - before;
  const after = stated.sample_count - before - inside;
  for (const [what, actual] of Object.entries({ before, inside, after })) {
    const said = stated[`samples_${what}` as 'samples_before' | 'samples_inside' | 'samples_after'];
    if (said !== actual) problems.push({ what: `samples_${what}`, actual, stated: said });
  }
  return problems;
}

/** Files of one master follow one another; only a step of the clock lets one begin before the other ends. */
function orderProblems(previous: ManifestAudioFile, next: ManifestAudioFile): Details[] {
  const repeats =
    previous.first_sample_device_time_us === next.first_sample_device_time_us &&
    previous.sha256 === next.sha256;
  return repeats ? [{ what: 'sha256', actual: previous.name, stated: next.name }] : [];
}

function endOf(file: ManifestAudioFile): number {
  return file.first_sample_device_time_us + (file.sample_count * 1_000_000) / file.sample_rate_hz;
}
