import type { Bilingual } from '../errors.ts';

/** What is known of a scheme's cameras at one moment. */
export interface SchemeFacts {
  readonly launched_at_ms: number;
  readonly cameras: number;
  /** Online or degraded now. */
  readonly working: number;
  /** State known now. */
  readonly known: number;
  /** Cameras that were seen working at least once, ever. */
  readonly ever_worked: number;
  /** Cameras of which the recorder holds recordings, and those of which that can be known at all. */
  readonly holding: number;
  readonly holding_known: number;
  /** Extraction items delivered from its cameras within the last `EvaluationRules.looks_back_ms`. */
  readonly extractions: number;
  /** The last time a camera was seen working, was attested to work or gave footage; null: never. */
  readonly last_sign_of_life_ms: number | null;
}

/** Thresholds; from settings. Shares are 0 … 1. */
export interface EvaluationRules {
  /** Working cameras of all from which on a scheme is effective. */
  readonly effective_share_min: number;
  /** Cameras with recordings, of those that can be asked, from which on it is effective. */
  readonly holding_share_min: number;
  /** Without a sign of life for this long a scheme is dormant. */
  readonly dormant_after_ms: number;
  /** A scheme younger than this is given time. */
  readonly grace_ms: number;
  /** Over what time extractions are counted. */
  readonly looks_back_ms: number;
}

export const EVALUATIONS = ['effective', 'needs_attention', 'dormant'] as const;
export type Evaluation = (typeof EVALUATIONS)[number];

export interface EvaluationReason {
  readonly code:
    | 'no_cameras'
    | 'never_worked'
    | 'no_sign_of_life'
    | 'new'
    | 'few_working'
    | 'state_unknown'
    | 'few_holding'
    | 'works'
    | 'served';
  readonly text: Bilingual;
}

export interface SchemeEvaluation {
  readonly evaluation: Evaluation;
  /** Why; at least one. */
  readonly reasons: readonly EvaluationReason[];
  /** True for a scheme that was launched and of which nothing was ever seen to work. */
  readonly is_on_paper_only: boolean;
}

export const EVALUATION_NAMES: Readonly<Record<Evaluation, Bilingual>> = {
  effective: { vi: 'hiệu quả', en: 'effective' },
  needs_attention: { vi: 'cần chú ý', en: 'needs attention' },
  dormant: { vi: 'không hoạt động', en: 'dormant' },
};

const DAY_MS = 86_400_000;

/**
 * Is a scheme effective, in need of attention, or dormant? Dormant: no cameras, none that ever worked, or no sign
 * of life for long; of a new scheme that is only a matter for attention. Effective: enough of *all* its cameras
 * work (what nobody knows does not count as working), and those that can be asked hold recordings.
 */
export function evaluateScheme(facts: SchemeFacts, rules: EvaluationRules, now_ms: number): SchemeEvaluation {
  const is_new = now_ms - facts.launched_at_ms < rules.grace_ms;
  const silence = reasonOfSilence(facts, rules, now_ms);
  if (silence !== null) {
    const is_on_paper_only = silence.code !== 'no_sign_of_life' && !is_new;
    if (!is_new) return { evaluation: 'dormant', reasons: [silence], is_on_paper_only };
    return { evaluation: 'needs_attention', reasons: [silence, NEW], is_on_paper_only };
  }
  const lacking = lacks(facts, rules);
  if (lacking.length > 0) return { evaluation: 'needs_attention', reasons: lacking, is_on_paper_only: false };
  return { evaluation: 'effective', reasons: merits(facts, rules), is_on_paper_only: false };
}

const NEW: EvaluationReason = { code: 'new', text: { vi: 'mô hình mới ra mắt', en: 'launched recently' } };

function reasonOfSilence(
  { cameras, ever_worked, last_sign_of_life_ms }: SchemeFacts,
  { dormant_after_ms }: EvaluationRules,
  now_ms: number,
): EvaluationReason | null {
  if (cameras === 0) {
    return {
      code: 'no_cameras',
      text: { vi: 'không có camera nào trong sổ', en: 'no camera in the register' },
    };
  }
  if (ever_worked === 0 || last_sign_of_life_ms === null) {
    return {
      code: 'never_worked',
      text: { vi: 'chưa camera nào từng hoạt động', en: 'no camera was ever seen to work' },
    };
  }
  const silent_ms = now_ms - last_sign_of_life_ms;
  if (silent_ms < dormant_after_ms) return null;
  const days = Math.floor(silent_ms / DAY_MS);
  return {
    code: 'no_sign_of_life',
    text: { vi: `không có dấu hiệu hoạt động ${days} ngày`, en: `no sign of life for ${days} days` },
  };
}

function lacks(facts: SchemeFacts, rules: EvaluationRules): EvaluationReason[] {
  const { cameras, working, known, holding, holding_known } = facts;
  const reasons: EvaluationReason[] = [];
  if (working < rules.effective_share_min * cameras) {
    const is_known_to_work = known > 0 && working >= rules.effective_share_min * known;
    reasons.push(
      is_known_to_work
        ? {
            code: 'state_unknown',
            text: {
              vi: `chưa rõ trạng thái ${cameras - known}/${cameras} camera`,
              en: `the state of ${cameras - known} of ${cameras} cameras is not known`,
            },
          }
        : {
            code: 'few_working',
            text: {
              vi: `chỉ ${working}/${cameras} camera hoạt động (biết rõ ${known})`,
              en: `only ${working} of ${cameras} cameras work (${known} known)`,
            },
          },
    );
  }
  if (holding < rules.holding_share_min * holding_known) {
    reasons.push({
      code: 'few_holding',
      text: {
        vi: `chỉ ${holding}/${holding_known} camera còn bản ghi`,
        en: `only ${holding} of ${holding_known} cameras have recordings`,
      },
    });
  }
  return reasons;
}

function merits({ cameras, working, extractions }: SchemeFacts, rules: EvaluationRules): EvaluationReason[] {
  const works: EvaluationReason = {
    code: 'works',
    text: { vi: `${working}/${cameras} camera hoạt động`, en: `${working} of ${cameras} cameras work` },
  };
  if (extractions === 0) return [works];
  const days = Math.round(rules.looks_back_ms / DAY_MS);
  const served = {
    vi: `${extractions} lượt trích xuất trong ${days} ngày`,
    en: `${extractions} extractions in ${days} days`,
  };
  return [works, { code: 'served', text: served }];
}
