import type { ManifestDerivative, ManifestMaster } from '@minhchung/formats';
import type { Evidence, SeenMaster } from './evidence.ts';
import type { FilmFrame } from './film.ts';
import type { Checked } from './verdict.ts';

/** A millisecond and a tick: device times are exact to a millisecond. */
const DISTANCE_ERROR_US_MAX = 1012;

/** Every master with wanted frames has a playable copy that shows them, no other, at the same distances, from zero. */
export function checkPlayables({ manifest, masters, playables, reason }: Evidence): Checked {
  const wrong: string[] = [];
  for (const master of masters) {
    const { told } = master;
    if (told.wanted.frames_inside === 0) continue;
    const copies = playables.filter((copy) => copy.told.master_name === told.name);
    if (copies.length !== 1) wrong.push(`${told.name} has ${copies.length} playable copies (${reason})`);
    for (const copy of copies) wrong.push(...wrongCopy(copy.told, copy.frames, master));
  }
  const strangers = playables.filter(
    ({ told }) => !masters.some((master) => master.told.name === told.master_name),
  );
  if (strangers.length > 0) wrong.push(`${strangers[0]!.told.name} is made of no master`);
  const sheets = manifest?.derivatives.filter(({ kind }) => kind === 'contact_sheet').length ?? 0;
  if (sheets !== playables.length) wrong.push(`${playables.length} copies have ${sheets} contact sheets`);
  const frames_checked = playables.reduce((sum, { frames }) => sum + frames.length, 0);
  return { wrong, figures: { frames_checked } };
}

function wrongCopy(told: ManifestDerivative, frames: readonly FilmFrame[], master: SeenMaster): string[] {
  const inside = insideOf(master.told, master.frames);
  const should = inside.map(({ true_ms }) => true_ms).join(' ');
  const shown = frames.map(({ true_ms }) => true_ms).join(' ');
  const wrong: string[] = [];
  if (should !== shown) {
    wrong.push(
      `${told.name} shows ${frames.length} frames (${shown.slice(0, 60)} …), wanted are ${inside.length}`,
    );
  }
  const first_us = inside[0]?.shown_us ?? 0;
  const worst_us = Math.max(
    0,
    ...frames.map(({ shown_us }, n) => Math.abs(shown_us - ((inside[n]?.shown_us ?? 0) - first_us))),
  );
  if (worst_us > DISTANCE_ERROR_US_MAX) wrong.push(`${told.name} shows a frame ${worst_us} µs off`);
  const { first_inside_device_time_us: from_us, last_inside_device_time_us: last_us } = master.told.wanted;
  if (told.from_device_time_us !== from_us || told.to_device_time_us <= (last_us ?? 0)) {
    wrong.push(`${told.name} is said to be of other frames than those wanted`);
  }
  return wrong;
}

/** The frames between those that are there for the decoder only. */
function insideOf({ wanted }: ManifestMaster, frames: readonly FilmFrame[]): readonly FilmFrame[] {
  return frames.slice(wanted.frames_before, wanted.frames_before + wanted.frames_inside);
}
