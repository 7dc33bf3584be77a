import { Readable } from 'node:stream';
import * as contract from '@minhchung/contract';
import { pageAnswer, pageRequest, registerRoute } from '@minhchung/contract/server';
import { type Actor, CodedError } from '@minhchung/domain';
import { noteDeviceSeen } from '@minhchung/store';
import type { FastifyInstance } from 'fastify';
import type { RegistryDeps } from '../deps.ts';
import { checkedDeviceUrl, checkTypedAddress } from '../device-url.ts';
import { findCamera } from '../read-camera.ts';
import { lookAtStill } from './look-at-still.ts';
import { checkMayReach } from './owners-device.ts';
import { prefillOf } from './prefill.ts';
import { onvifAddress } from './recorder-address.ts';
import { checkNotRefused } from './refused-accounts.ts';
import type { ProbePrefill, ProbeReport } from './report.ts';
import { toldChannels } from './told-channels.ts';
import { toolsOf } from './tools-of.ts';
import { tryDevice, type WantedTrial } from './try-device.ts';

/** Trying devices, and looking at stills. */
export function probeRoutes(app: FastifyInstance, deps: RegistryDeps): void {
  const find = findCamera(deps);
  const run = (actor: Actor, wanted: WantedTrial, signal: AbortSignal) =>
    tryDevice({ ...deps, tools: toolsOf(deps) })(actor, wanted, signal);

  registerRoute(app, contract.probeDevice, async ({ body, request, signal }) => {
    const actor = await deps.authorize(request, 'camera.probe', { unit_id: null, subject_kind: 'device' });
    const { username, password, network_code } = body;
    const device_url = checkedDeviceUrl(body.device_url, deps.settings.devices.allowed_networks);
    const network = network_code === undefined ? null : await deps.store.networks.byCode(network_code);
    if (network_code !== undefined && network === null) {
      throw new CodedError('UNKNOWN_NETWORK', { network: network_code });
    }
    checkTypedAddress(device_url, [network?.cidrs]);
    const address = { device_url, username, password, network_cidrs: network?.cidrs };
    const subject = { kind: 'device', id: new URL(device_url).host } as const;
    const trial = { address, subject, unit_id: null, try_again: body.try_again ?? false };
    const report = await run(actor, trial, signal);
    return shown(report, prefillOf(report, network));
  });

  registerRoute(app, contract.probeRecorder, async ({ params, query, request, signal }) => {
    const recorder = await deps.store.recorders.byId(params.recorder_id);
    if (recorder === null) throw new CodedError('NOT_FOUND', { what: 'recorder', id: params.recorder_id });
    const target = { unit_id: recorder.unit_id, subject_kind: 'recorder', subject_id: recorder.id };
    const actor = await deps.authorize(request, 'camera.probe', target);
    await checkMayReach(deps.store, recorder, deps.time.now_ms());
    const address = await onvifAddress(deps, recorder);
    const subject = { kind: 'recorder', id: recorder.id } as const;
    const trial = { address, subject, unit_id: recorder.unit_id, try_again: query.try_again === 'true' };
    const report = await run(actor, trial, signal);
    const now_ms = deps.time.now_ms();
    await deps.store.channels.see(recorder.id, toldChannels(report.channels), now_ms);
    const seen = { firmware_version: report.device?.firmware_version ?? null, clock_step_ms: null };
    await deps.store.transaction((tx) => noteDeviceSeen(tx, recorder, seen, now_ms));
    return shown(report, null);
  });

  registerRoute(app, contract.lookAtStill, async ({ params, body, request, signal, reply }) => {
    const camera = await find(params.camera_id);
    const target = { unit_id: camera.unit_id, subject_kind: 'camera', subject_id: camera.id };
    const actor = await deps.authorize(request, 'camera.probe', target);
    const recorder = await deps.store.recorders.byId(camera.recorder_id);
    if (recorder === null) throw new Error(`camera ${camera.id} has no recorder`);
    const address = await onvifAddress(deps, recorder);
    // A look would send the account again; only a trial may be told that it was put right.
    await checkNotRefused(deps, address, false);
    const look = lookAtStill({ ...deps, tools: toolsOf(deps) });
    const jpeg = await look(actor, camera, address, body.owner_code ?? null, signal);
    reply.header('Cache-Control', 'no-store');
    return {
      content_type: 'image/jpeg',
      file_name: null,
      size_bytes: jpeg.length,
      body: Readable.from([jpeg]),
    };
  });

  registerRoute(app, contract.listStills, async ({ params, query, request }) => {
    const camera = await find(params.camera_id);
    const target = { unit_id: camera.unit_id, subject_kind: 'camera', subject_id: camera.id };
    await deps.authorize(request, 'camera.read', target);
    const found = await deps.store.probeStills.ofCamera(camera.id, pageRequest(query));
    return pageAnswer(found, ({ at_ms, person_id, allowed_by }) => ({ at_ms, person_id, allowed_by }));
  });
}

function shown(report: ProbeReport, prefill: ProbePrefill | null) {
  return {
    ...report,
    prefill: prefill === null ? null : { recorder: prefill.recorder, cameras: [...prefill.cameras] },
    findings: report.findings.map((one) => ({ ...one })),
    channels: report.channels.map((channel) => ({
      ...channel,
      profiles: channel.profiles.map((profile) => ({ ...profile })),
    })),
  };
}
