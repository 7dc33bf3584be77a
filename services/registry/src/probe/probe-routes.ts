import { Readable } from 'node:stream';
import * as contract from '@minhchung/contract';
import { pageAnswer, pageRequest, registerRoute } from '@minhchung/contract/server';
import { type Actor, CodedError, type DeviceAddress, type Recorder } from '@minhchung/domain';
import type { FastifyInstance } from 'fastify';
import type { RegistryDeps } from '../deps.ts';
import { checkedDeviceUrl } from '../device-url.ts';
import { findCamera } from '../read-camera.ts';
import type { ProbeTools } from './deps.ts';
import { lookAtStill } from './look-at-still.ts';
import { probeDevice } from './probe-device.ts';
import type { ProbeReport } from './report.ts';
import { toldChannels } from './told-channels.ts';
import { Trials } from './trials.ts';

/** Trying devices, and looking at stills. */
export function probeRoutes(app: FastifyInstance, deps: RegistryDeps): void {
  const trials = new Trials();
  const find = findCamera(deps);

  const run = async (
    actor: Actor,
    address: DeviceAddress,
    about: { readonly unit_id: string | null; readonly kind: string; readonly id: string },
    signal: AbortSignal,
  ): Promise<ProbeReport> => {
    const { probe_deadline_ms, probes_per_window_max } = deps.settings.devices;
    const now_ms = deps.time.now_ms();
    return trials.run(actor.account_id, now_ms, probes_per_window_max, async () => {
      const tools = { ...toolsOf(deps), time: deps.time, deadline_ms: probe_deadline_ms };
      const report = await probeDevice(tools, address, signal);
      await deps.store.transaction((tx) =>
        tx.audit.append({
          ...{ at_ms: deps.time.now_ms(), act: 'device.probe', unit_id: about.unit_id },
          ...{ account_id: actor.account_id, person_id: actor.person_id, outcome: 'ok' },
          ...{ subject_kind: about.kind, subject_id: about.id },
          details: { address: new URL(address.device_url).host, level: report.level },
        }),
      );
      return report;
    });
  };

  registerRoute(app, contract.probeDevice, async ({ body, request, signal }) => {
    const actor = await deps.authorize(request, 'camera.probe', { unit_id: null, subject_kind: 'device' });
    const { username, password, network_code } = body;
    const device_url = checkedDeviceUrl(body.device_url, deps.settings.devices.allowed_networks);
    const network = network_code === undefined ? null : await deps.store.networks.byCode(network_code);
    if (network_code !== undefined && network === null) {
      throw new CodedError('UNKNOWN_NETWORK', { network: network_code });
    }
    const address = { device_url, username, password, network_cidrs: network?.cidrs };
    return shown(
      await run(actor, address, { unit_id: null, kind: 'device', id: new URL(device_url).host }, signal),
    );
  });

  registerRoute(app, contract.probeRecorder, async ({ params, request, signal }) => {
    const recorder = await deps.store.recorders.byId(params.recorder_id);
    if (recorder === null) throw new CodedError('NOT_FOUND', { what: 'recorder', id: params.recorder_id });
    const about = { unit_id: recorder.unit_id, kind: 'recorder', id: recorder.id };
    const target = { unit_id: recorder.unit_id, subject_kind: 'recorder', subject_id: recorder.id };
    const actor = await deps.authorize(request, 'camera.probe', target);
    const report = await run(actor, await addressOf(deps, recorder), about, signal);
    await deps.store.channels.see(recorder.id, toldChannels(report.channels), deps.time.now_ms());
    return shown(report);
  });

  registerRoute(app, contract.lookAtStill, async ({ params, body, request, signal, reply }) => {
    const camera = await find(params.camera_id);
    const target = { unit_id: camera.unit_id, subject_kind: 'camera', subject_id: camera.id };
    const actor = await deps.authorize(request, 'camera.probe', target);
    const recorder = await deps.store.recorders.byId(camera.recorder_id);
    if (recorder === null) throw new Error(`camera ${camera.id} has no recorder`);
    const address = await addressOf(deps, recorder);
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

/** Where a registered recorder is, with the account kept for it. Throws `DEVICE_URL_INVALID` where it has none. */
async function addressOf(deps: RegistryDeps, recorder: Recorder): Promise<DeviceAddress> {
  if (recorder.device_url === null)
    throw new CodedError('RECORDER_WITHOUT_ADDRESS', { recorder: recorder.code });
  const credentials = await deps.store.credentials.open(recorder.id, deps.secrets);
  const network = await deps.store.networks.byId(recorder.network_id);
  return {
    device_url: recorder.device_url,
    username: credentials?.username ?? null,
    password: credentials?.password ?? null,
    recorder_id: recorder.id,
    network_cidrs: network?.cidrs,
  };
}

function shown(report: ProbeReport) {
  return {
    ...report,
    findings: report.findings.map((one) => ({ ...one })),
    channels: report.channels.map((channel) => ({
      ...channel,
      profiles: channel.profiles.map((profile) => ({ ...profile })),
    })),
  };
}

function toolsOf(deps: RegistryDeps): ProbeTools {
  if (deps.probe === undefined) throw new Error('nothing that reaches devices was handed in');
  return deps.probe;
}
