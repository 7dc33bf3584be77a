import type { Span } from '@minhchung/domain';
import type { Manifest, ManifestDisplayClock, ManifestMaster, ManifestSearch } from '@minhchung/formats';

/** Fields of the manifest that follow from others, or that only the package writer knows. */
type Derived =
  | 'format'
  | 'display_clock'
  | 'requested_span'
  | 'approved_span'
  | 'searches'
  | 'found_spans'
  | 'gaps'
  | 'outcome'
  | 'masters'
  | 'documents'
  | 'signing';

/** A master as it was written; its true times follow from the offset of its search. */
export type MasterInput = Omit<ManifestMaster, 'first_frame_true_time' | 'last_frame_true_time'>;

/** One question to the recorder and what came of it. */
export interface SearchInput extends Omit<ManifestSearch, 'approved_part' | 'device_span'> {
  /** True time. */
  readonly approved_part: Span;
  /** Device time: what the source was asked for; at least the approved part widened by the offset's bounds. */
  readonly device_span: Span;
  /** Device time, in any order: where the frames of its masters show footage. May reach beyond what was searched. */
  readonly found_device_spans: readonly Span[];
}

/** Why a part of the approved span is missing. */
export interface GapReason {
  readonly reason: string;
  readonly text: { readonly vi: string; readonly en: string };
}

/** The clock in the picture as far as it was measured; how far it disagrees follows from the searches. */
export type DisplayClockInput = Omit<ManifestDisplayClock, 'differences'>;

/** What the extraction knows about one item. Everything that can be worked out from it is. */
export interface ManifestInput extends Omit<Manifest, Derived> {
  /** True time. */
  readonly requested_span: Span;
  /** True time: the requested span or a part of it. */
  readonly approved_span: Span;
  /** In order of their approved parts, which together are the approved span; alternatives share a part. */
  readonly searches: readonly SearchInput[];
  /** Asked once for every gap (true time). */
  readonly gapReason: (gap: Span) => GapReason;
  readonly masters: readonly MasterInput[];
  /** Left out: no clock is known to be in the picture. */
  readonly display_clock?: DisplayClockInput;
}
