import * as contract from '@minhchung/contract';
import { registerRoute } from '@minhchung/contract/server';
import type { Recorder } from '@minhchung/domain';
import type { FastifyInstance } from 'fastify';
import type { RegistryDeps } from '../../deps.ts';
import { changeRecorder, createRecorder } from '../change-recorder.ts';
import { channelsOf } from '../channels-of.ts';
import { versioned } from '../version.ts';
import { authorizeAt, known } from './authorized.ts';

/** Recorders one by one, and their channels. */
export function recorderRoutes(app: FastifyInstance, deps: RegistryDeps): void {
  const create = createRecorder(deps);
  const change = changeRecorder(deps);
  const channels = channelsOf(deps);

  async function shown(recorder: Recorder) {
    const playback = recorder.playback ?? null;
    return {
      ...versioned(recorder),
      playback,
      has_credentials: await deps.store.credentials.has(recorder.id),
    };
  }
  async function find(recorder_id: string) {
    return known(await deps.store.recorders.byId(recorder_id), 'recorder', recorder_id);
  }

  registerRoute(app, contract.readRecorder, async ({ params, request }) => {
    const recorder = await find(params.recorder_id);
    const subject = { kind: 'recorder', id: recorder.id } as const;
    await authorizeAt(deps, request, 'camera.read', subject, [recorder.unit_id]);
    return shown(recorder);
  });

  registerRoute(app, contract.createRecorder, async ({ body, request }) => {
    const actor = await authorizeAt(deps, request, 'camera.manage', { kind: 'recorder' }, [body.unit_id]);
    return shown(await create(actor, body));
  });

  registerRoute(app, contract.changeRecorder, async ({ params, body, request }) => {
    const seen = await find(params.recorder_id);
    const { version, ...fields } = body;
    const subject = { kind: 'recorder', id: seen.id } as const;
    const actor = await authorizeAt(deps, request, 'camera.manage', subject, [seen.unit_id, fields.unit_id]);
    return shown(await change(actor, seen, version, fields));
  });

  registerRoute(app, contract.listChannels, async ({ params, request }) => {
    const recorder = await find(params.recorder_id);
    const subject = { kind: 'recorder', id: recorder.id } as const;
    await authorizeAt(deps, request, 'camera.read', subject, [recorder.unit_id]);
    return { items: await channels(recorder.id) };
  });
}
