import {
  type ArchiveStore,
  type AudioVerdict,
  CodedError,
  declaredOffsets,
  type ExtractionAssignment,
  type FootageOrigin,
  type FootageSource,
  type ItemReason,
  type Upload,
} from '@minhchung/domain';
import type { ManifestNative } from '@minhchung/formats';
import type { CutResult } from '../cut-footage-of.ts';
import { archiveNatives, nativePath } from './native-files.ts';
import { type Withhold, withholdingOf } from './withhold.ts';

/** Reason of a gap where nothing that was handed in can be read. */
const UNREADABLE: ItemReason = {
  code: 'upload_unreadable',
  text: {
    vi: 'Đã nộp tệp và tệp có trong gói, nhưng không đọc được: không nói được tệp có hình của khoảng này hay không.',
    en: 'A file was handed in and is in the package, but nothing here can read it: whether it shows this cannot be said.',
  },
};
/** Reason of a gap that the files handed in leave. */
const NOT_HANDED_IN: ItemReason = {
  code: 'upload_lacks',
  text: {
    vi: 'Theo giờ đã khai, các tệp đã nộp không có hình của khoảng này.',
    en: 'By the times declared, what was handed in does not show this.',
  },
};

/** What people handed in for an item, oldest first; none for most. */
export function handedIn({ uploads = [] }: ExtractionAssignment): readonly Upload[] {
  return uploads;
}

/**
 * The assignment as far as its clock is concerned: what people declared takes the place of what was measured. Throws
 * `AWAITS_UPLOAD` where only the owner reaches the camera and nobody has handed anything in.
 */
export function withDeclaredClock(assignment: ExtractionAssignment): ExtractionAssignment {
  const uploads = handedIn(assignment);
  if (uploads.length === 0) {
    if (assignment.camera.reach !== 'owner_only') return assignment;
    throw new CodedError('AWAITS_UPLOAD', { camera: assignment.camera.code });
  }
  const declared = uploads.map((upload) => upload.declared);
  return { ...assignment, clock_offsets: declaredOffsets(declared, assignment.clock_offsets) };
}

/**
 * Where the cut found nothing: the origin all the same when nothing handed in can be read, for then the package keeps
 * the files; null where no file was handed in. Throws `UPLOAD_OUTSIDE_SPAN` when they can be read and show nothing of
 * the span.
 */
export function originWithoutMasters(
  uploads: readonly Upload[],
  { results, origin }: CutResult,
  source: FootageSource,
): FootageOrigin | null {
  if (origin !== null || uploads.length === 0) return origin;
  if (results.some(({ holdings }) => holdings.retained !== null)) throw new CodedError('UPLOAD_OUTSIDE_SPAN');
  return source.origin();
}

/**
 * What of the files handed in stays out of the package, known as soon as it is known what was cut. Throws
 * `UPLOAD_CANNOT_BE_SHORTENED`.
 */
export function withholdingFor(
  assignment: ExtractionAssignment,
  { parts_with_sound = [] }: FootageOrigin,
  sound: AudioVerdict,
  has_masters: boolean,
): Withhold {
  if (handedIn(assignment).length === 0) return () => undefined;
  const { request, approved } = assignment;
  return withholdingOf({ requested: request.wanted, approved, sound, parts_with_sound, has_masters });
}

/**
 * Puts what was handed in beside the masters, or seals it; undefined for an item that nothing was handed in for. Throws
 * `UPLOAD_CHANGED`.
 */
export async function nativesOf(
  uploads: readonly Upload[],
  origin: FootageOrigin,
  context: {
    readonly archive: ArchiveStore;
    readonly attempt_prefix: string;
    readonly has_masters: boolean;
    readonly withhold: Withhold;
    readonly signal: AbortSignal;
  },
): Promise<readonly ManifestNative[] | undefined> {
  if (uploads.length === 0) return undefined;
  const names = uploads.map(nativePath);
  const unreadable = names.filter(
    (name) => !context.has_masters || origin.parts_left_out.some((part) => part.startsWith(`${name}: `)),
  );
  return archiveNatives(uploads, { ...context, unreadable: new Set(unreadable) });
}

/** Why a gap is there that the files handed in leave; null for an item that nothing was handed in for. */
export function gapOfHandedIn(uploads: readonly Upload[], has_masters: boolean): ItemReason | null {
  if (uploads.length === 0) return null;
  return has_masters ? NOT_HANDED_IN : UNREADABLE;
}
