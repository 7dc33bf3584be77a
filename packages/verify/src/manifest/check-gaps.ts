import type { Manifest, ManifestSearch, ManifestSpan } from '@minhchung/formats';
import type { Findings } from '../report/findings.ts';
import { alternativesByPart, offsetOf } from './offset.ts';

/** Works out the gaps again: what of each approved part is not surely covered by what was found. */
export function checkGaps(manifest: Manifest, findings: Findings): void {
  const expected = alternativesByPart(manifest).flatMap((alternatives) => gapsOfPart(alternatives, manifest));
  const stated = manifest.gaps.map(({ start_ms, end_ms }) => ({ start_ms, end_ms }));
  const problems: string[] = [];
  if (inWords(expected) !== inWords(stated)) {
    problems.push(`stated ${inWords(stated)}, what was found leaves ${inWords(expected)}`);
  }
  if ((manifest.outcome === 'archived') !== (expected.length === 0)) {
    problems.push(`the outcome ${manifest.outcome} does not fit ${expected.length} gaps`);
  }
  findings.judge(
    'gaps',
    problems.map((problem) => ({ problem })),
  );
}

/** An instant is covered only when it is under every alternative: one by one, each takes its missing parts away. */
function gapsOfPart(alternatives: readonly ManifestSearch[], manifest: Manifest): ManifestSpan[] {
  const part = alternatives[0]!.approved_part;
  let covered: ManifestSpan[] = [part];
  for (const search of alternatives) {
    const missing = missingOf(part, surelyCovered(search, manifest));
    covered = covered.flatMap((span) => missingOf(span, missing));
  }
  return missingOf(part, covered);
}

/** True spans that the search found whatever its offset is within its bounds; none when it is unknown. */
function surelyCovered(search: ManifestSearch, manifest: Manifest): ManifestSpan[] {
  const offset = offsetOf(search);
  if (offset === null) return [];
  return manifest.found_spans
    .filter((span) => manifest.searches[span.search] === search)
    .map((span) => ({
      start_ms: span.device_start_ms - offset.min_ms,
      end_ms: span.device_end_ms - offset.max_ms,
    }))
    .filter((span) => span.start_ms < span.end_ms)
    .sort((a, b) => a.start_ms - b.start_ms);
}

/** What is left of a span when sorted spans are taken away. */
function missingOf(wanted: ManifestSpan, covered: readonly ManifestSpan[]): ManifestSpan[] {
  const missing: ManifestSpan[] = [];
  let start_ms = wanted.start_ms;
  for (const span of covered) {
    const end_ms = Math.min(span.start_ms, wanted.end_ms);
    if (end_ms > start_ms) missing.push({ start_ms, end_ms });
    start_ms = Math.max(start_ms, span.end_ms);
  }
  if (start_ms < wanted.end_ms) missing.push({ start_ms, end_ms: wanted.end_ms });
  return missing;
}

function inWords(spans: readonly ManifestSpan[]): string {
  return spans.length === 0 ? 'nothing' : spans.map((span) => `${span.start_ms}–${span.end_ms}`).join(', ');
}
