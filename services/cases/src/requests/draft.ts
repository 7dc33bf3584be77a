import type { RequestDraft } from '@minhchung/domain';

/** A request as it is filled in, with what only the database can judge. */
export interface SubmittedDraft extends Omit<RequestDraft, 'cameras'> {
  readonly unit_id: string;
  readonly case_id: string;
  readonly camera_ids: readonly string[];
  readonly is_urgent: boolean;
  readonly wants_audio: boolean;
}
