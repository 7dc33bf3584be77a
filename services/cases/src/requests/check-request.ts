import {
  type Camera,
  CodedError,
  type Consent,
  consentFor,
  decisionsNeeded,
  problemsOfRequest,
  type Span,
  type Unit,
} from '@minhchung/domain';
import type { Settings } from '@minhchung/settings';
import { problemOfUnitEnd, type Repositories } from '@minhchung/store';
import type { SubmittedDraft } from './draft.ts';
import { problemAt, type RequestProblem } from './problems.ts';

/** A camera that may be asked for. */
export interface AskedCamera {
  readonly camera: Camera;
  /** An urgent request may fetch it before anybody decided. */
  readonly may_run_undecided: boolean;
}

/** A request held against the rules and the register. */
export interface CheckedRequest {
  /** Everything that is wrong, in the order of the form; empty: it can be submitted. */
  readonly problems: readonly RequestProblem[];
  readonly warnings: readonly RequestProblem[];
  readonly cameras: readonly AskedCamera[];
  readonly deciding_unit_ids: readonly string[];
}

/** Finds everything that is wrong with a request at once, and what it would duplicate. Reads only. */
export async function checkRequest(
  repositories: Repositories,
  limits: Settings['limits'],
  draft: SubmittedDraft,
  now_ms: number,
): Promise<CheckedRequest> {
  const ids = [...new Set(draft.camera_ids)];
  const cameras = new Map((await repositories.cameras.byIds(ids)).map((camera) => [camera.id, camera]));
  const in_order = ids.flatMap((id) => cameras.get(id) ?? []);
  const formal = formalProblems(draft, limits, cameras, now_ms);
  const is_span_good = !formal.some(({ path }) => path === 'wanted');
  const consents = is_span_good ? await consentsOf(repositories, in_order, draft, now_ms) : [];
  return {
    problems: [
      ...(await unitProblems(repositories, draft, now_ms)),
      ...(await caseProblems(repositories, draft)),
      ...formal,
      ...registerProblems(draft.camera_ids, cameras),
      ...consents.flatMap(({ problem }) => problem ?? []),
    ],
    warnings: [
      ...consents.flatMap(({ warning }) => warning ?? []),
      ...(is_span_good ? await duplicates(repositories, in_order, draft.wanted) : []),
    ],
    cameras: consents.map(({ camera, may_run_undecided }) => ({ camera, may_run_undecided })),
    deciding_unit_ids: decisionsNeeded(
      draft,
      in_order.map((camera) => ({ camera_unit_id: camera.unit_id })),
    ),
  };
}

async function unitProblems(
  repositories: Repositories,
  { unit_id }: SubmittedDraft,
  now_ms: number,
): Promise<RequestProblem[]> {
  const problem = await problemOfUnitEnd(repositories, unit_id, now_ms);
  return problem === null ? [] : [problemAt('unit_id', problem)];
}

async function caseProblems(repositories: Repositories, draft: SubmittedDraft): Promise<RequestProblem[]> {
  const record = await repositories.cases.byId(draft.case_id);
  if (record === null) return [problemAt('case_id', new CodedError('UNKNOWN_CASE', { case: draft.case_id }))];
  if (record.unit_id !== draft.unit_id) {
    const unit: Unit | null = await repositories.units.byId(record.unit_id);
    const details = { case: record.number, unit: unit?.name ?? record.unit_id };
    return [problemAt('case_id', new CodedError('CASE_OF_OTHER_UNIT', details))];
  }
  if (record.closed_at_ms === null) return [];
  return [problemAt('case_id', new CodedError('CASE_CLOSED', { case: record.number }))];
}

/** What the rules find without looking anything up, and the narrower limits of this deployment. */
function formalProblems(
  draft: SubmittedDraft,
  limits: Settings['limits'],
  cameras: ReadonlyMap<string, Camera>,
  now_ms: number,
): RequestProblem[] {
  const found = problemsOfRequest({ ...draft, cameras: draft.camera_ids }, now_ms);
  const length_min = Math.ceil((draft.wanted.end_ms - draft.wanted.start_ms) / 60_000);
  const count = new Set(draft.camera_ids).size;
  if (length_min > limits.span_length_max_minutes && !has(found, 'SPAN_TOO_LONG')) {
    found.push(new CodedError('SPAN_TOO_LONG', { length_min, max_min: limits.span_length_max_minutes }));
  }
  if (count > limits.cameras_per_request_max && !has(found, 'CAMERAS_TOO_MANY')) {
    found.push(new CodedError('CAMERAS_TOO_MANY', { count, max: limits.cameras_per_request_max }));
  }
  return found.map((error) => problemAt(pathOf(error), named(error, cameras)));
}

function has(errors: readonly CodedError[], code: CodedError['code']): boolean {
  return errors.some((error) => error.code === code);
}

function pathOf(error: CodedError): string {
  if (error.code.startsWith('SPAN_') || error.code === 'TIME_INVALID') return 'wanted';
  if (error.code.startsWith('CAMERA')) return 'camera_ids';
  return typeof error.details.field === 'string' ? error.details.field : '';
}

/** Cameras are sent by id; people know them by code. */
function named(error: CodedError, cameras: ReadonlyMap<string, Camera>): CodedError {
  if (error.code !== 'CAMERA_TWICE') return error;
  const id = String(error.details.camera);
  return new CodedError('CAMERA_TWICE', { camera: cameras.get(id)?.code ?? id });
}

function registerProblems(
  camera_ids: readonly string[],
  cameras: ReadonlyMap<string, Camera>,
): RequestProblem[] {
  return [...new Set(camera_ids)].flatMap((id) => {
    const path = `camera_ids.${camera_ids.indexOf(id)}`;
    const camera = cameras.get(id);
    if (camera === undefined) return [problemAt(path, new CodedError('UNKNOWN_CAMERA', { camera: id }))];
    if (camera.retired_at_ms === null) return [];
    return [problemAt(path, new CodedError('CAMERA_RETIRED', { camera: camera.code }))];
  });
}

async function consentsOf(
  repositories: Repositories,
  cameras: readonly Camera[],
  draft: SubmittedDraft,
  now_ms: number,
) {
  const results = [];
  for (const camera of cameras) {
    const consent = await consentOf(repositories, camera, draft, now_ms);
    const path = `camera_ids.${draft.camera_ids.indexOf(camera.id)}`;
    results.push({
      camera,
      may_run_undecided: await mayRunUndecided(repositories, camera, draft, consent, now_ms),
      problem:
        consent.kind === 'deny'
          ? problemAt(path, new CodedError(consent.code, consent.details), camera.code)
          : null,
      warning:
        consent.kind === 'ask_owner'
          ? problemAt(path, new CodedError('OWNER_ASKS_FIRST', { camera: camera.code }))
          : null,
    });
  }
  return results;
}

/**
 * The community's own cameras, and those whose owner agreed beforehand. An order overrides an owner only once a
 * second person has seen it: until then it is a line that one person typed.
 */
async function mayRunUndecided(
  repositories: Repositories,
  camera: Camera,
  draft: SubmittedDraft,
  consent: Consent,
  now_ms: number,
): Promise<boolean> {
  if (consent.kind !== 'allow') return false;
  if (consent.ground !== 'lawful_order') return true;
  const without_order = await consentOf(repositories, camera, { ...draft, legal_basis: '' }, now_ms);
  return without_order.kind === 'allow';
}

/** What the owner's agreement says to a request for this camera. */
export async function consentOf(
  repositories: Repositories,
  camera: Camera,
  request: { readonly wanted: Span; readonly purpose: string; readonly legal_basis: string },
  now_ms: number,
): Promise<Consent> {
  const agreements = camera.kind === 'community' ? [] : await repositories.agreements.ofCamera(camera.id);
  const wish = {
    span: request.wanted,
    purpose: request.purpose,
    has_lawful_order: request.legal_basis === 'lawful_order',
  };
  return consentFor(camera, agreements, wish, now_ms);
}

async function duplicates(
  repositories: Repositories,
  cameras: readonly Camera[],
  wanted: Span,
): Promise<RequestProblem[]> {
  const codes = new Map(cameras.map((camera) => [camera.id, camera.code]));
  const found = await repositories.items.sameCameraOverlapping([...codes.keys()], wanted);
  return found.map(({ item, request }) => {
    const camera = codes.get(item.camera_id) ?? item.camera_id;
    const details = { camera, number: request.number, state: item.state };
    return problemAt('camera_ids', new CodedError('CAMERA_ASKED_ALREADY', details));
  });
}
