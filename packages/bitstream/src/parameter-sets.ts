import { type NalCodec, nalUnitType } from './nal-units.ts';

/** Parameter sets of a stream, as NAL units. H.264 has no video parameter sets. */
export interface ParameterSets {
  readonly video: readonly Uint8Array[];
  readonly sequence: readonly Uint8Array[];
  readonly picture: readonly Uint8Array[];
}

const KINDS = ['video', 'sequence', 'picture'] as const;
const NAL_TYPES = {
  h264: { video: -1, sequence: 7, picture: 8 },
  h265: { video: 32, sequence: 33, picture: 34 },
} as const;

/** The parameter sets among the NAL units of an access unit, each once. */
export function parameterSetsAmong(codec: NalCodec, units: Iterable<Uint8Array>): ParameterSets {
  const found: Record<(typeof KINDS)[number], Uint8Array[]> = { video: [], sequence: [], picture: [] };
  for (const unit of units) {
    const kind = KINDS.find((candidate) => NAL_TYPES[codec][candidate] === nalUnitType(codec, unit));
    if (kind && !holds(found[kind], unit)) found[kind].push(unit.slice());
  }
  return found;
}

/** True when every set in `part` is in `whole` as well. */
export function holdsAll(whole: ParameterSets, part: ParameterSets): boolean {
  return KINDS.every((kind) => part[kind].every((unit) => holds(whole[kind], unit)));
}

/** The new sets where there are any of a kind, else the old ones. */
export function replaceParameterSets(old_sets: ParameterSets, new_sets: ParameterSets): ParameterSets {
  const choose = (kind: (typeof KINDS)[number]) =>
    new_sets[kind].length > 0 ? new_sets[kind] : old_sets[kind];
  return { video: choose('video'), sequence: choose('sequence'), picture: choose('picture') };
}

function holds(units: readonly Uint8Array[], unit: Uint8Array): boolean {
  return units.some((candidate) => sameBytes(candidate, unit));
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
