import type { Manifest, ManifestNative } from '@minhchung/formats';
import type { Findings } from '../report/findings.ts';
import { offsetOf } from './offset.ts';

/**
 * Checks what the manifest says of files that people handed in: that they lie under `native/`, that they are the
 * source it names, that what is called unreadable made no claim of a length, that the clock's offset is the one that
 * was declared with them, that none is withheld for a shortening that there was not, and that a package without any master is one of files nobody can read.
 */
export function checkNatives(manifest: Manifest, findings: Findings): void {
  const natives = manifest.natives ?? [];
  const problems = natives.flatMap(problemsOf);
  const is_handed_in = manifest.source.kind === 'upload';
  if (natives.length > 0 !== is_handed_in) {
    problems.push(`${natives.length} files were handed in, but the source is ${manifest.source.kind}`);
  }
  if (manifest.masters.length === 0) {
    if (natives.length === 0) problems.push('there is no master and no file that was handed in');
    if (natives.length > 0 && natives.every(({ withheld }) => withheld !== undefined)) {
      problems.push('nothing of what was handed in is in the package');
    }
    if (natives.some(({ is_readable }) => is_readable)) {
      problems.push('a file that can be read was handed in, and no master was cut');
    }
    if (manifest.found_spans.length > 0) problems.push('footage was found that is in no master');
  }
  const clocks = new Set(natives.map(({ declared }) => declared.clock));
  if (clocks.size > 1) problems.push('files of one package were dated by different clocks');
  if (natives.some(({ withheld }) => withheld === 'part_approved') && isWholeApproved(manifest)) {
    problems.push('a file was withheld because less was approved than asked for, and all of it was approved');
  }
  problems.push(...declarationProblems(manifest, natives));
  findings.judge(
    'natives',
    problems.map((problem) => ({ problem })),
  );
}

function isWholeApproved({ requested_span: requested, approved_span: approved }: Manifest): boolean {
  return requested.start_ms === approved.start_ms && requested.end_ms === approved.end_ms;
}

/** What people said of the clock is what every search must have used: of several statements the last. */
function declarationProblems({ searches }: Manifest, natives: readonly ManifestNative[]): string[] {
  const is_true_time = natives[0]?.declared.clock === 'true_time';
  const statement = natives.findLast(({ declared }) => declared.statement !== null)?.declared.statement;
  if (!is_true_time && statement == null) return [];
  const declared_ms = is_true_time || statement == null ? 0 : statement.shown_ms - statement.true_ms;
  const differs = searches.some((search) => {
    const offset = offsetOf(search);
    return offset === null || offset.min_ms > declared_ms || offset.max_ms < declared_ms;
  });
  return differs ? ['the offset of the clock is not the one that was declared with the files'] : [];
}

function problemsOf(native: ManifestNative): string[] {
  const { name, declared, check, is_readable, withheld } = native;
  const problems: string[] = [];
  if (!name.startsWith('native/')) problems.push(`${name} does not lie under native/`);
  if (declared.end_ms !== null && declared.end_ms <= declared.start_ms) {
    problems.push(`${name} was declared to end before it begins`);
  }
  if (declared.clock === 'true_time' && declared.statement !== null) {
    problems.push(`${name} was declared in true time and corrected all the same`);
  }
  if (!is_readable && withheld === 'sound_left_out') {
    problems.push(`${name} cannot be read and was withheld for its sound`);
  }
  if (!is_readable && check.duration_ms !== null) problems.push(`${name} cannot be read and has a length`);
  return problems;
}
