import type { Manifest, ManifestMaster } from '@minhchung/formats';
import type { PackageFolder } from '../files/package-folder.ts';
import { readerOf } from '../files/random-reader.ts';
import { Mp4Error } from '../mp4/boxes.ts';
import { readVideo, type VideoFacts } from '../mp4/read-video.ts';
import type { Findings } from '../report/findings.ts';
import { checkCoverage } from './check-coverage.ts';
import { checkMaster } from './check-master.ts';
import { checkMasterSound } from './check-master-sound.ts';
import { checkShortBreaks, type SeenBreaks, type TimedMaster } from './check-short-breaks.ts';
import { deviceTimes, tolerance_us } from './device-times.ts';

/**
 * Opens every master of the manifest and checks container, frames, and that they show what was found. Returns the
 * short breaks between their frames; null when not all of them can be read.
 */
export async function checkMasters(
  manifest: Manifest,
  folder: PackageFolder,
  findings: Findings,
): Promise<SeenBreaks | null> {
  const masters: TimedMaster[] = [];
  for (const master of manifest.masters) {
    if (!folder.names.includes(master.name)) continue;
    const video = await readMaster(master, folder, findings);
    if (video === null) continue;
    const searched = manifest.searches[master.search]!.device_span;
    checkMaster(master, video, searched, findings);
    checkMasterSound(master, video, searched, findings);
    masters.push({
      search: master.search,
      times_us: deviceTimes(master, video),
      tolerance_us: tolerance_us(video),
    });
  }
  checkCoverage(manifest, masters, findings);
  return masters.length < manifest.masters.length ? null : checkShortBreaks(manifest, masters, findings);
}

async function readMaster(
  master: ManifestMaster,
  folder: PackageFolder,
  findings: Findings,
): Promise<VideoFacts | null> {
  const file = await folder.open(master.name);
  try {
    const video = await readVideo(await readerOf(file));
    findings.pass('master_container', master.name);
    return video;
  } catch (error) {
    if (!(error instanceof Mp4Error)) throw error;
    findings.fail('master_container', { problem: error.message }, master.name);
    return null;
  } finally {
    await file.close();
  }
}
