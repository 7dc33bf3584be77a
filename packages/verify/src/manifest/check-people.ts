import type { Manifest, ManifestDecision, ManifestPerson } from '@minhchung/formats';
import type { Details, Findings } from '../report/findings.ts';

/**
 * Checks who asked and who decided: an approval by another human than the requester, by the camera's unit where
 * that is another one, and its place in the log. An urgent request may have run before anybody decided.
 */
export function checkPeople(manifest: Manifest, findings: Findings): void {
  const { requester, decisions, request, approval, camera, unit } = manifest;
  if (manifest.authority === 'unapproved_unlogged') {
    checkWithoutAuthority(manifest, findings);
    return;
  }
  const problems: string[] = [];
  const approvals = decisions.filter((decision) => decision.verdict === 'approved');
  for (const { person } of approvals) {
    if (isSamePerson(person, requester)) problems.push('the requester approved the request');
  }
  if (!request.is_urgent) {
    if (approvals.length === 0) problems.push('nobody approved the request');
    if (approval === null) problems.push('the approval is not cited from the log');
    if (camera.unit.id !== unit.id && latestOf(camera.unit.id, decisions) === undefined) {
      problems.push("the camera's unit has not decided");
    }
  }
  if (latestOf(camera.unit.id, decisions)?.verdict === 'refused') problems.push("the camera's unit refused");
  findings.judge('asked_and_decided', problems.map(asDetails));
}

/** Who says that nobody approved must not at the same time say that somebody did. */
function checkWithoutAuthority({ decisions, approval, request }: Manifest, findings: Findings): void {
  const problems: string[] = [];
  if (decisions.length > 0) problems.push('it is called unapproved and names a decision');
  if (approval !== null) problems.push('it is called unlogged and cites the log');
  if (request.is_urgent) problems.push('it is called unapproved and urgent at once');
  findings.judge('no_authority', problems.map(asDetails));
}

/** Checks that instants follow one another as they must. */
export function checkOrderOfTimes(manifest: Manifest, findings: Findings): void {
  const { request, decisions, steps, created_at_ms, requested_span } = manifest;
  const problems: string[] = [];
  if (request.submitted_at_ms > created_at_ms) problems.push('the request is newer than the package');
  if (requested_span.end_ms > created_at_ms)
    problems.push('the requested span lies after the package was made');
  for (const { decided_at_ms } of decisions) {
    if (decided_at_ms < request.submitted_at_ms) problems.push('a decision is older than the request');
    if (decided_at_ms > created_at_ms) problems.push('a decision is newer than the package');
  }
  steps.forEach((step, index) => {
    const previous = steps[index - 1];
    if (previous !== undefined && step.at_ms < previous.at_ms)
      problems.push(`step ${step.act} is out of order`);
    if (step.at_ms > created_at_ms) problems.push(`step ${step.act} is newer than the package`);
  });
  findings.judge('order_of_times', problems.map(asDetails));
}

function isSamePerson(a: ManifestPerson, b: ManifestPerson): boolean {
  return folded(a.badge_number) === folded(b.badge_number);
}

/** A badge is the same however it was typed. */
function folded(badge_number: string): string {
  return badge_number
    .normalize('NFKC')
    .replace(/[\s.-]/gu, '')
    .toLowerCase();
}

function latestOf(unit_id: string, decisions: readonly ManifestDecision[]): ManifestDecision | undefined {
  return decisions
    .filter((decision) => decision.unit.id === unit_id)
    .reduce<ManifestDecision | undefined>(
      (latest, next) => (latest !== undefined && latest.decided_at_ms > next.decided_at_ms ? latest : next),
      undefined,
    );
}

function asDetails(problem: string): Details {
  return { problem };
}
