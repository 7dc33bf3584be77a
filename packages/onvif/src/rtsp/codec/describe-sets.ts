import { describeStream, type NalCodec } from '@minhchung/bitstream';
import type { VideoStreamDescription } from '@minhchung/domain';
import type { ParameterSet, ParameterSetKind } from './codec.ts';

/** Describes a stream by parameter sets, which hold at least one of each kind. Throws `BrokenStream`. */
export function describeSets(codec: NalCodec, sets: readonly ParameterSet[]): VideoStreamDescription {
  const unitsOf = (wanted: ParameterSetKind) =>
    sets.filter(({ kind }) => kind === wanted).map(({ nal }) => nal);
  return describeStream(codec, { video: unitsOf('vps'), sequence: unitsOf('sps'), picture: unitsOf('pps') });
}
