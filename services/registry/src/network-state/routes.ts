import * as contract from '@minhchung/contract';
import { pageAnswer, pageRequest, registerRoute } from '@minhchung/contract/server';
import { CodedError, type Finding } from '@minhchung/domain';
import type { ClockHome } from '@minhchung/store';
import type { FastifyInstance } from 'fastify';
import type { RegistryDeps } from '../deps.ts';
import { findCamera } from '../read-camera.ts';
import {
  addCameraClock,
  describeClock,
  enterSight,
  findClock,
  offsetOver,
  takeServerTime,
} from './clocks.ts';
import { readKnowledge } from './knowledge.ts';
import { setRetentionAgreed } from './retention.ts';
import { actOnFinding, findFinding, shownFinding } from './work-list.ts';

/** Clocks, holdings, and the work list. */
export function networkStateRoutes(app: FastifyInstance, deps: RegistryDeps): void {
  clockRoutes(app, deps);
  cameraKnowledgeRoutes(app, deps);
  workListRoutes(app, deps);
}

function clockRoutes(app: FastifyInstance, deps: RegistryDeps): void {
  registerRoute(app, contract.readClock, async ({ params, request }) => {
    const home = await findClock(deps, params.clock_id);
    await deps.authorize(request, 'camera.read', ofClock(home));
    return describeClock(deps, home);
  });

  registerRoute(app, contract.readOffset, async ({ params, query, request }) => {
    const home = await findClock(deps, params.clock_id);
    await deps.authorize(request, 'camera.read', ofClock(home));
    const start_ms = query.from_ms ?? query.at_ms ?? deps.time.now_ms();
    const end_ms = Math.max(query.to_ms ?? 0, start_ms + 1);
    return offsetOver(deps, home.clock.id, { start_ms, end_ms });
  });

  registerRoute(app, contract.takeServerTime, async ({ params, request }) => {
    const home = await findClock(deps, params.clock_id);
    const actor = await deps.authorize(request, 'camera.manage', ofClock(home));
    return takeServerTime(deps, actor, home);
  });

  registerRoute(app, contract.enterSight, async ({ params, body, request }) => {
    const home = await findClock(deps, params.clock_id);
    const actor = await deps.authorize(request, 'camera.manage', ofClock(home));
    return enterSight(deps, actor, home, body);
  });
}

function cameraKnowledgeRoutes(app: FastifyInstance, deps: RegistryDeps): void {
  const find = findCamera(deps);
  const knowledge = readKnowledge(deps);

  registerRoute(app, contract.readKnowledge, async ({ params, request }) => {
    const camera = await find(params.camera_id);
    await deps.authorize(request, 'camera.read', ofCamera(camera));
    return knowledge(camera);
  });

  registerRoute(app, contract.addCameraClock, async ({ params, body, request }) => {
    const camera = await find(params.camera_id);
    const actor = await deps.authorize(request, 'camera.manage', ofCamera(camera));
    return addCameraClock(deps, actor, camera, body.name);
  });

  registerRoute(app, contract.setRetentionAgreed, async ({ body, request }) => {
    const { subject_kind, subject_id } = body;
    const subject =
      subject_kind === 'camera' ? await find(subject_id) : await deps.store.schemes.byId(subject_id);
    if (subject === null) throw new CodedError('UNKNOWN_SCHEME', { scheme: subject_id });
    const target = { unit_id: subject.unit_id, subject_kind, subject_id };
    const actor = await deps.authorize(request, 'camera.manage', target);
    await setRetentionAgreed(deps, actor, {
      subject_kind,
      subject_id,
      days: body.days,
      unit_id: subject.unit_id,
    });
    return undefined;
  });
}

function workListRoutes(app: FastifyInstance, deps: RegistryDeps): void {
  registerRoute(app, contract.listWork, async ({ query, request }) => {
    const { unit_id, with_snoozed, limit, cursor, ...filter } = query;
    const scope = await deps.unitScope(request, 'poll.read');
    const below = unit_id === undefined ? null : new Set(await deps.store.units.descendantIds(unit_id));
    const unit_ids = below === null ? scope : scope.filter((one) => below.has(one));
    const awake = with_snoozed === true ? {} : { awake_at_ms: deps.time.now_ms() };
    const found = await deps.store.findings.list(
      { unit_ids, ...given(filter), ...awake },
      pageRequest({ limit, cursor }),
    );
    return pageAnswer(found, shownFinding);
  });

  registerRoute(app, contract.readWork, async ({ params, request }) => {
    const finding = await findFinding(deps, params.finding_id);
    await deps.authorize(request, 'poll.read', ofFinding(finding));
    return { finding: shownFinding(finding), notes: await deps.store.findings.notesOf(finding.id) };
  });

  registerRoute(app, contract.actOnWork, async ({ params, body, request }) => {
    const finding = await findFinding(deps, params.finding_id);
    const actor = await deps.authorize(request, 'camera.manage', ofFinding(finding));
    await actOnFinding(deps, actor, finding, body);
    const notes = await deps.store.findings.notesOf(finding.id);
    return { finding: shownFinding(await findFinding(deps, finding.id)), notes };
  });
}

/** Leaves out what was not given. */
function given<T extends object>(filter: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(filter).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

function ofClock({ clock, unit_id }: ClockHome) {
  return { unit_id, subject_kind: 'clock', subject_id: clock.id };
}

function ofCamera({ id, unit_id }: { readonly id: string; readonly unit_id: string }) {
  return { unit_id, subject_kind: 'camera', subject_id: id };
}

function ofFinding({ id, unit_id }: Finding) {
  return { unit_id, subject_kind: 'finding', subject_id: id };
}
