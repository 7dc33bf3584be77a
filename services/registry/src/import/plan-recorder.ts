import {
  type Clock,
  type FolderLayout,
  isCoded,
  type Network,
  type PlaybackSettings,
  type Recorder,
  sendsAccountElsewhere,
} from '@minhchung/domain';
import type { DeviceCredentials } from '@minhchung/store';
import { checkTypedAddress } from '../device-url.ts';
import { checkedFolderZone, isBelowRoot } from '../folder-layout.ts';
import { checkedPlayback, withFindingKept } from '../playback/checked-playback.ts';
import { CellFault } from './cell-fault.ts';
import type { ColumnName } from './columns.ts';
import { met, type PlanContext } from './plan-context.ts';
import type { RecorderCells } from './register-row.ts';

/** What an import would do to one recorder. */
export interface RecorderPlan {
  readonly before: Recorder | null;
  readonly after: Recorder;
  /** The clock of a new recorder. */
  readonly clock: Clock | null;
  /** To be sealed and stored; null: nothing to change. */
  readonly credentials: DeviceCredentials | null;
  readonly changes: readonly ColumnName[];
}

/**
 * Compares a recorder of the file with the register. An empty cell keeps what is registered. Throws `CellFault`:
 * unknown network, missing address or folder, an address where no
 * devices may be, a folder below none of the allowed ones, a recorder of a unit the actor may not touch, and a new address
 * without the password entered anew (a changed address must not be handed the old password).
 */
export async function planRecorder(
  context: PlanContext,
  cells: RecorderCells,
  unit_id: string,
  needs_device: boolean,
): Promise<RecorderPlan> {
  const { repositories } = context;
  const network = await met(context.places.networks, cells.network_code, repositories.networks.byCode);
  if (network === null) {
    throw new CellFault('network_code', cells.network_code, 'UNKNOWN_NETWORK', {
      network: cells.network_code,
    });
  }
  const before = await repositories.recorders.byCode(cells.code);
  if (before !== null && !context.unit_ids.has(before.unit_id)) {
    const unit = await repositories.units.byId(before.unit_id);
    throw new CellFault('recorder_code', cells.code, 'FORBIDDEN_UNIT', {
      action: 'camera.import',
      unit: unit?.code ?? before.unit_id,
    });
  }
  const device_url = cells.device_url ?? before?.device_url ?? null;
  if (cells.kind !== 'folder' && needs_device && device_url === null) {
    throw new CellFault('device_url', null, 'CSV_CELL_MISSING');
  }
  const planned: Recorder = {
    id: before?.id ?? context.newId(),
    code: cells.code,
    name: cells.name ?? before?.name ?? cells.code,
    unit_id: before?.unit_id ?? unit_id,
    network_id: network.id,
    kind: cells.kind,
    device_url,
    folder: cells.kind === 'folder' ? folderOf(context, cells, before?.folder ?? null) : null,
    ...(cells.kind === 'playback_url' ? { playback: playbackOf(cells, before) } : {}),
    clock_id: before?.clock_id ?? context.newId(),
    created_at_ms: before?.created_at_ms ?? context.now_ms,
  };
  const after = before === null ? planned : withFindingKept(before, planned);
  checkAddress(context, cells, before, after, network);
  const credentials = await credentialsToSet(context, cells, before, after);
  return {
    before,
    after,
    clock: before === null ? { id: after.clock_id, name: after.name, kind: 'recorder' } : null,
    credentials,
    changes: [...recorderChanges(before, after), ...(credentials === null ? [] : (['password'] as const))],
  };
}

/** Where an address or a network is new: what is registered was judged before, and is again at every connection. */
function checkAddress(
  context: PlanContext,
  cells: RecorderCells,
  before: Recorder | null,
  { device_url, network_id }: Recorder,
  network: Network,
): void {
  if (device_url === null) return;
  if (before?.device_url === device_url && before.network_id === network_id) return;
  try {
    checkTypedAddress(device_url, [context.allowed_networks, network.cidrs]);
  } catch (error) {
    if (!isCoded(error, 'ADDRESS_NOT_ALLOWED')) throw error;
    const [column, value] =
      before?.device_url === device_url
        ? (['network_code', cells.network_code] as const)
        : (['device_url', device_url] as const);
    throw new CellFault(column, value, error.code, error.details);
  }
}

function folderOf(context: PlanContext, cells: RecorderCells, before: FolderLayout | null): FolderLayout {
  const path = cells.folder_path ?? before?.path;
  const pattern = cells.folder_pattern ?? before?.pattern;
  if (path === undefined) throw new CellFault('folder_path', null, 'CSV_CELL_MISSING');
  if (!isBelowRoot(path, context.recording_roots)) {
    throw new CellFault('folder_path', path, 'FOLDER_NOT_ALLOWED', { recorder: cells.code });
  }
  if (pattern === undefined) throw new CellFault('folder_pattern', null, 'CSV_CELL_MISSING');
  const known = before?.zone ?? 'Asia/Ho_Chi_Minh';
  try {
    return { path, pattern, zone: checkedFolderZone(pattern, cells.folder_zone, known) };
  } catch (error) {
    if (!isCoded(error, 'FOLDER_PRESET_ZONE')) throw error;
    throw new CellFault('folder_zone', cells.folder_zone, error.code, error.details);
  }
}

/** Of what the file leaves empty the register's own word counts. Another maker without a template takes its own. */
function playbackOf(cells: RecorderCells, before: Recorder | null): PlaybackSettings {
  const known = before?.playback ?? null;
  const vendor = cells.playback_vendor ?? known?.vendor;
  if (vendor === undefined) throw new CellFault('playback_vendor', null, 'CSV_CELL_MISSING');
  const kept = known?.vendor === vendor ? known.template : undefined;
  const template = cells.playback_template ?? kept;
  if (vendor === 'generic' && template === undefined) {
    throw new CellFault('playback_template', null, 'CSV_CELL_MISSING');
  }
  return checkedPlayback({ vendor, template, channel: known?.channel, rtsp_port: known?.rtsp_port });
}

async function credentialsToSet(
  context: PlanContext,
  cells: RecorderCells,
  before: Recorder | null,
  after: Recorder,
): Promise<DeviceCredentials | null> {
  const { credentials } = context.repositories;
  if (cells.username === null || cells.password === null) {
    const moves = before !== null && sendsAccountElsewhere(before, after);
    if (moves && (await credentials.has(before.id))) {
      const [column, value] =
        before.device_url === after.device_url
          ? (['network_code', cells.network_code] as const)
          : (['device_url', cells.device_url] as const);
      throw new CellFault(column, value, 'CSV_CELLS_TOGETHER', { other: 'password' });
    }
    return null;
  }
  const wanted = { username: cells.username, password: cells.password };
  const known = before === null ? null : await openOrNull(context, before.id);
  const is_same = known?.username === wanted.username && known.password === wanted.password;
  return is_same ? null : wanted;
}

/** What another key has sealed is of no use any more and may be replaced. */
async function openOrNull(context: PlanContext, recorder_id: string): Promise<DeviceCredentials | null> {
  try {
    return await context.repositories.credentials.open(recorder_id, context.secrets);
  } catch (error) {
    if (isCoded(error)) return null;
    throw error;
  }
}

function recorderChanges(before: Recorder | null, after: Recorder): ColumnName[] {
  if (before === null) return [];
  const compared: readonly [ColumnName, unknown, unknown][] = [
    ['recorder_name', before.name, after.name],
    ['recorder_kind', before.kind, after.kind],
    ['network_code', before.network_id, after.network_id],
    ['device_url', before.device_url, after.device_url],
    ['folder_path', before.folder?.path, after.folder?.path],
    ['folder_pattern', before.folder?.pattern, after.folder?.pattern],
    ['folder_zone', before.folder?.zone, after.folder?.zone],
    ['playback_vendor', before.playback?.vendor, after.playback?.vendor],
    ['playback_template', before.playback?.template, after.playback?.template],
  ];
  return compared.filter(([, was, is]) => was !== is).map(([column]) => column);
}
