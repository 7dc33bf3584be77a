import { type AudioVerdict, CodedError, type FootageOrigin, type Span } from '@minhchung/domain';
import type { ManifestNative } from '@minhchung/formats';

/** What decides whether files go along as they were handed in. */
export interface Withholding {
  readonly requested: Span;
  readonly approved: Span;
  readonly sound: AudioVerdict;
  readonly streams_left_out: FootageOrigin['streams_left_out'];
  /** False: nothing of what was handed in can be read. */
  readonly has_masters: boolean;
}

/**
 * Tells why a file that was handed in stays out of the package: whoever shortened the span, or left the sound out, did not mean the
 * whole file. One that nothing can read cannot be searched for sound; it goes along as it came. Throws `UPLOAD_CANNOT_BE_SHORTENED` where
 * a part was approved of what cannot be cut.
 */
export function withholdingOf(of: Withholding): (is_readable: boolean) => ManifestNative['withheld'] {
  const { requested, approved } = of;
  const is_shortened = approved.start_ms !== requested.start_ms || approved.end_ms !== requested.end_ms;
  if (is_shortened && !of.has_masters) throw new CodedError('UPLOAD_CANNOT_BE_SHORTENED');
  if (is_shortened) return () => 'part_approved';
  const has_other_sound =
    of.sound !== 'taken' && of.streams_left_out.some((name) => name.startsWith('audio'));
  return (is_readable) => (is_readable && has_other_sound ? 'sound_left_out' : undefined);
}
