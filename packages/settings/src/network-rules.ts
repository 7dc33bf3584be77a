import {
  type EvaluationRules,
  type HostBlame,
  LIMITS,
  type SightBounds,
  type WorkListRules,
} from '@minhchung/domain';
import type { Settings } from './schema.ts';

/** The rules by which the state of the network is judged, in the units of the domain. */
export interface NetworkRules {
  readonly work_list: WorkListRules;
  readonly evaluation: EvaluationRules;
  readonly sight: SightBounds;
  readonly host_blame: HostBlame;
  readonly stale_after_ms: number;
  readonly attestation_valid_ms: number;
  /** Days a recorder should keep where nothing else was agreed; null: nothing was. */
  readonly retention_agreed_days: number | null;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Reads them off the settings. */
export function networkRules(settings: Settings): NetworkRules {
  const { work_list, evaluation, clock_by_eye, host_blame, stale_after_minutes } = settings.network_state;
  const attestation_valid_ms = settings.owners.attestation_days * DAY_MS;
  return {
    work_list: {
      open_after_ms: work_list.open_after_minutes * MINUTE_MS,
      mended_after_ms: work_list.mended_after_minutes * MINUTE_MS,
      clock_limit_ms: work_list.clock_limit_ms,
      photo_valid_ms: work_list.photo_valid_days * DAY_MS,
      confirmation_max_ms: LIMITS.agreement_confirmation_max_ms,
      attestation_valid_ms,
    },
    evaluation: {
      effective_share_min: evaluation.effective_percent_min / 100,
      holding_share_min: evaluation.holding_percent_min / 100,
      dormant_after_ms: evaluation.dormant_after_days * DAY_MS,
      grace_ms: evaluation.grace_days * DAY_MS,
      looks_back_ms: evaluation.looks_back_days * DAY_MS,
    },
    sight: {
      human_bound_ms: clock_by_eye.human_bound_ms,
      challenge_valid_ms: clock_by_eye.challenge_minutes * MINUTE_MS,
    },
    host_blame: { steps_min: host_blame.steps_min, share_min: host_blame.percent_min / 100 },
    stale_after_ms: stale_after_minutes * MINUTE_MS,
    attestation_valid_ms,
    retention_agreed_days: settings.registry.retention_agreed_days,
  };
}
