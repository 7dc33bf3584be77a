import type { Manifest, ManifestSearch } from '@minhchung/formats';
import type { Findings } from '../report/findings.ts';
import { alternativesByPart, offsetOf } from './offset.ts';

/**
 * Checks that the searches answer for the whole approved span and nothing else, that no alternative of a clock set
 * at an unknown moment is left out, and that what was found names a search. False: nothing can be worked out from
 * a search that is not there.
 */
export function checkSearches(manifest: Manifest, findings: Findings): boolean {
  const { approved_span, searches, found_spans, masters } = manifest;
  const problems: string[] = [];
  let reached_ms = approved_span.start_ms;
  for (const alternatives of alternativesByPart(manifest)) {
    const { start_ms, end_ms } = alternatives[0]!.approved_part;
    if (start_ms !== reached_ms)
      problems.push(`the approved part at ${start_ms} does not follow ${reached_ms}`);
    reached_ms = end_ms;
    problems.push(...alternativeProblems(alternatives));
  }
  if (reached_ms !== approved_span.end_ms)
    problems.push('the approved parts are not the whole approved span');
  const named = [...found_spans, ...masters].map(({ search }) => search);
  const all_exist = named.every((search) => search < searches.length);
  if (!all_exist) problems.push('a found span or a master names a search that is not there');
  findings.judge(
    'searches',
    problems.map((problem) => ({ problem })),
  );
  return all_exist;
}

function alternativeProblems(alternatives: readonly ManifestSearch[]): string[] {
  const problems: string[] = [];
  const is_alternative = alternatives.map(({ basis }) => basis === 'step_within');
  if (alternatives.length === 1 && is_alternative[0]) problems.push('an alternative is left out');
  if (alternatives.length > 1 && !is_alternative.every(Boolean)) {
    problems.push('an approved part was searched twice, but its searches are not called alternatives');
  }
  const offsets = alternatives.map(offsetOf).map((offset) => `${offset?.min_ms} ${offset?.max_ms}`);
  if (new Set(offsets).size < offsets.length) problems.push('two alternatives are the same');
  return problems;
}
