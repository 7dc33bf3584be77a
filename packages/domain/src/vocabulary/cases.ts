import type { Bilingual } from '../errors.ts';
import type { Span } from '../span.ts';
import type { Position } from './network.ts';

export const TIP_CHANNELS = ['in_person', 'hotline', 'mailbox', 'zalo', 'sms', 'vneid', 'other'] as const;

/** One report by one channel; several tips may tell of one incident. */
export interface Tip {
  readonly id: string;
  readonly unit_id: string;
  readonly incident_id: string | null;
  readonly channel: (typeof TIP_CHANNELS)[number];
  readonly received_at_ms: number;
  readonly summary: string;
  readonly of_value: boolean | null;
}

/** Something at a place and time. Clarified ("làm rõ") is a dated fact of it, counted once. */
export interface Incident {
  readonly id: string;
  readonly unit_id: string;
  readonly category: string;
  readonly summary: string;
  readonly position: Position;
  readonly span: Span;
  readonly created_at_ms: number;
  readonly clarified_at_ms: number | null;
}

/** The file under which footage may be asked. */
export interface Case {
  readonly id: string;
  readonly unit_id: string;
  /** Official or provisional number, unique within the unit. */
  readonly number: string;
  readonly is_provisional: boolean;
  readonly title: string;
  readonly incident_ids: readonly string[];
  readonly opened_at_ms: number;
  readonly closed_at_ms: number | null;
}

export const LEGAL_BASES = [
  'criminal_procedure',
  'administrative',
  'owner_consent',
  'lawful_order',
  'other',
] as const;
export type LegalBasis = (typeof LEGAL_BASES)[number];

/** Who asks for which cameras and which span, under which case and legal basis. Numbered without gaps. */
export interface ExtractionRequest {
  readonly id: string;
  readonly number: string;
  readonly unit_id: string;
  readonly case_id: string;
  readonly requester_person_id: string;
  readonly requester_account_id: string;
  readonly wanted: Span;
  readonly purpose: string;
  readonly reason: string;
  readonly legal_basis: LegalBasis;
  readonly legal_reference: string | null;
  readonly is_urgent: boolean;
  /** Asks for sound too; whether it is taken is `mayTakeAudio`. */
  readonly wants_audio: boolean;
  readonly state: string;
  readonly submitted_at_ms: number;
}

/** One request × one camera: the unit that is counted ("lượt trích xuất"). */
export interface ExtractionItem {
  readonly id: string;
  readonly request_id: string;
  readonly camera_id: string;
  readonly state: string;
  /** Why the item is in this state, as a coded text. */
  readonly reason: ItemReason | null;
  readonly attempts: number;
  readonly delivered_at_ms: number | null;
  readonly updated_at_ms: number;
}

/** A stable code with its text in both languages. */
export interface ItemReason {
  readonly code: string;
  readonly text: Bilingual;
}

/** Who approved or refused, for which unit, and why. */
export interface Decision {
  readonly id: string;
  readonly request_id: string;
  readonly unit_id: string;
  readonly person_id: string;
  readonly account_id: string;
  readonly verdict: 'approved' | 'refused';
  readonly reason: string;
  readonly decided_at_ms: number;
  /** With an approval of a part: what of the wanted span is approved; null: all of it. */
  readonly approved: Span | null;
}

/** What was cut for an item: one archived attempt with its package. */
export interface Clip {
  readonly id: string;
  readonly item_id: string;
  /** `item/attempt` prefix in the archive. */
  readonly attempt_prefix: string;
  readonly manifest_sha256: string;
  readonly size_bytes: number;
  readonly found: readonly Span[];
  readonly gaps: readonly Span[];
  readonly archived_at_ms: number;
}

/** One look at footage: who, what, under which reason, when. */
export interface Access {
  readonly id: string;
  readonly item_id: string;
  readonly account_id: string;
  readonly file_name: string;
  readonly at_ms: number;
}

/** One handing over of a package. */
export interface Handover {
  readonly id: string;
  readonly item_id: string;
  readonly account_id: string;
  readonly recipient: string;
  readonly at_ms: number;
}

/** The lawful order that overrides an owner, as the request that cites it recorded it. */
export interface Order {
  readonly id: string;
  readonly request_id: string;
  readonly reference: string;
  readonly recorded_at_ms: number;
}

/** Keeps footage or clips from deletion. */
export interface Hold {
  readonly id: string;
  readonly case_id: string;
  readonly reason: string;
  readonly from_ms: number;
  readonly until_ms: number | null;
}
