import { checkBytes } from './check-bytes.ts';
import { checkFrames } from './check-frames.ts';
import { checkGaps } from './check-gaps.ts';
import { checkPlayables } from './check-playables.ts';
import { checkTimes } from './check-times.ts';
import type { Evidence } from './evidence.ts';
import { type Figures, joinFigures, NO_FIGURES, type Truth } from './verdict.ts';

/** What is wrong with a delivery, in words, and its figures. */
export interface Judgement {
  readonly wrong: readonly string[];
  readonly figures: Figures;
}

/** Holds everything delivered against what the simulator knows. */
export function judge(evidence: Evidence, truth: Truth): Judgement {
  const checked = [
    checkFrames(evidence, truth),
    checkTimes(evidence, truth),
    checkPlayables(evidence),
    checkBytes(evidence, truth),
    checkGaps(evidence, truth),
    { wrong: evidence.untruths.map((untruth) => `verify: ${untruth}`) },
  ];
  return {
    wrong: checked.flatMap(({ wrong }) => wrong),
    figures: checked.map(({ figures }) => ({ ...NO_FIGURES, ...figures })).reduce(joinFigures, NO_FIGURES),
  };
}
