import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Manifest, ManifestDerivative, ManifestMaster } from '@minhchung/formats';
import { splitLengthPrefixed } from '@minhchung/testkit';
import type { FilmFrame, Films } from './film.ts';
import { videoSamples } from './mp4-samples.ts';
import type { DeliveredPackage, Delivery } from './site.ts';

/** A master as a stranger finds it: what the manifest says, what a player shows, and its coded pictures. */
export interface SeenMaster {
  readonly told: ManifestMaster;
  readonly frames: readonly FilmFrame[];
  /** NAL units without their lengths, picture by picture in decode order. */
  readonly pictures: readonly (readonly Buffer[])[];
}

export interface SeenPlayable {
  readonly told: ManifestDerivative;
  readonly frames: readonly FilmFrame[];
}

/** Everything the checks look at. They compare it with what the simulator knows, and with nothing else. */
export interface Evidence {
  readonly state: string;
  readonly reason: string | null;
  /** Null where nothing was delivered. */
  readonly manifest: Manifest | null;
  readonly untruths: readonly string[];
  readonly masters: readonly SeenMaster[];
  readonly playables: readonly SeenPlayable[];
}

/** Opens what was delivered, and decodes every frame of it. */
export async function evidenceOf(delivery: Delivery, films: Films): Promise<Evidence> {
  const { state, reason, package: delivered } = delivery;
  if (delivered === null) return { state, reason, manifest: null, untruths: [], masters: [], playables: [] };
  const { manifest, untruths } = delivered;
  const masters: SeenMaster[] = [];
  for (const told of manifest.masters) masters.push(await seenMaster(delivered, told, films));
  const playables: SeenPlayable[] = [];
  for (const told of manifest.derivatives.filter(({ kind }) => kind === 'playable')) {
    const size = manifest.masters.find(({ name }) => name === told.master_name)!;
    playables.push({ told, frames: await films.frames(join(delivered.folder, told.name), size) });
  }
  return { state, reason, manifest, untruths, masters, playables };
}

async function seenMaster(
  { folder }: DeliveredPackage,
  told: ManifestMaster,
  films: Films,
): Promise<SeenMaster> {
  const path = join(folder, told.name);
  const samples = videoSamples(await readFile(path));
  return {
    told,
    frames: await films.frames(path, told),
    pictures: samples.map(({ data }) => splitLengthPrefixed(data)),
  };
}
