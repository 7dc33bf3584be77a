import { type AudioVerdict, CodedError, type Span } from '@minhchung/domain';
import type { ManifestNative } from '@minhchung/formats';

/** What decides whether files go along as they were handed in. */
export interface Withholding {
  readonly requested: Span;
  readonly approved: Span;
  readonly sound: AudioVerdict;
  /** Files that have sound, or may have, by their name in the package. */
  readonly parts_with_sound: readonly string[];
  /** False: nothing of what was handed in can be read. */
  readonly has_masters: boolean;
}

/** Why a file stays out of the package; undefined: it goes along. */
export type Withhold = (name: string, is_readable: boolean) => ManifestNative['withheld'];

/**
 * Tells why a file that was handed in stays out of the package: whoever shortened the span, or left the sound out, did not mean the
 * whole file. One that nothing can read goes along as it came. Throws `UPLOAD_CANNOT_BE_SHORTENED` where a part was approved of what
 * cannot be cut.
 */
export function withholdingOf(of: Withholding): Withhold {
  const { requested, approved } = of;
  const is_shortened = approved.start_ms !== requested.start_ms || approved.end_ms !== requested.end_ms;
  if (is_shortened && !of.has_masters) throw new CodedError('UPLOAD_CANNOT_BE_SHORTENED');
  if (is_shortened) return () => 'part_approved';
  if (of.sound === 'taken') return () => undefined;
  return (name, is_readable) =>
    is_readable && of.parts_with_sound.includes(name) ? 'sound_left_out' : undefined;
}
