import { expectedOf } from './check-frames.ts';
import type { Evidence } from './evidence.ts';
import type { Checked, Truth } from './verdict.ts';

/**
 * The NAL units of every master are the source's, byte for byte, in its order, from the keyframe before the wanted
 * span through the last picture needed: nothing added, nothing left out.
 */
export function checkBytes({ manifest, masters }: Evidence, truth: Truth): Checked {
  const wrong: string[] = [];
  for (const [index, search] of (manifest?.searches ?? []).entries()) {
    const found = masters.filter(({ told }) => told.search === index);
    const expected = expectedOf(search, found, truth);
    for (const [n, { told, pictures }] of found.entries()) {
      const should = (expected[n] ?? []).flatMap((unit) => truth.nalUnitsOf(unit));
      const is = pictures.flat();
      const at = should.findIndex((nal_unit, place) => !is[place]?.equals(nal_unit));
      if (at !== -1) wrong.push(`${told.name}: NAL unit ${at} of ${should.length} is not the source's`);
      else if (is.length > should.length)
        wrong.push(`${told.name}: ${is.length - should.length} NAL units too many`);
    }
  }
  return { wrong };
}
