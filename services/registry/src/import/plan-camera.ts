import {
  type Agreement,
  type Camera,
  channelRefusal,
  kindRefusal,
  type Owner,
  type Position,
} from '@minhchung/domain';
import { CellFault } from './cell-fault.ts';
import type { ColumnName } from './columns.ts';
import { planAgreement } from './plan-agreement.ts';
import { met, type PlanContext, unitOf } from './plan-context.ts';
import type { RecorderPlan } from './plan-recorder.ts';
import type { RegisterRow } from './register-row.ts';

/** What an import would do to one camera. */
export interface CameraPlan {
  readonly line: number;
  readonly before: Camera | null;
  readonly after: Camera;
  readonly new_owner: Owner | null;
  readonly new_agreement: Agreement | null;
  readonly changes: readonly ColumnName[];
}

/**
 * Compares a row with the register. An empty cell keeps what is registered. Throws `CellFault`: unknown unit,
 * scheme or site, a camera that is retired or of a unit the actor may not touch, a household camera that is to become
 * a community one, a community camera behind a household's recorder, an owner changed under somebody else's agreement, a withdrawn agreement.
 */
export async function planCamera(
  context: PlanContext,
  row: RegisterRow,
  recorder: RecorderPlan,
): Promise<CameraPlan> {
  const recorder_id = recorder.after.id;
  const unit = await unitOf(context, row.unit_code);
  const before = await context.repositories.cameras.byCode(row.code);
  await checkExisting(context, row, before);
  const source_token = row.source_token ?? before?.source_token ?? null;
  if (recorder.before !== null) await checkChannel(context, { ...row, source_token }, recorder_id);
  const site_id = await siteOf(context, row);
  const id = before?.id ?? context.newId();
  const agreement = await planAgreement(context, row, id, before !== null);
  if (agreement === null) {
    await checkOwner(context, row, before);
    await checkReach(context, row, before);
  }
  // Last, for other rows may share the owner it makes, and that owner exists only if this row is sound.
  const owner = await ownerOf(context, row, before);
  const after: Camera = {
    id,
    code: row.code,
    name: row.name,
    unit_id: unit.id,
    site_id: site_id ?? before?.site_id ?? null,
    kind: row.kind,
    owner_id: owner.id ?? before?.owner_id ?? null,
    position: row.position,
    aim_point: row.aim_point ?? before?.aim_point ?? null,
    field_of_view_deg: row.field_of_view_deg ?? before?.field_of_view_deg ?? null,
    range_m: row.range_m ?? before?.range_m ?? null,
    mounting: before?.mounting ?? null,
    reach: row.reach ?? before?.reach ?? 'polled',
    recorder_id,
    source_token,
    created_at_ms: before?.created_at_ms ?? context.now_ms,
    retired_at_ms: null,
  };
  return {
    line: row.line,
    before,
    after,
    new_owner: owner.created,
    new_agreement: agreement,
    changes: [...cameraChanges(before, after), ...(agreement === null ? [] : (['agreement_mode'] as const))],
  };
}

async function checkExisting(context: PlanContext, row: RegisterRow, before: Camera | null): Promise<void> {
  if (before === null) return;
  if (before.retired_at_ms !== null) {
    throw new CellFault('camera_code', row.code, 'CAMERA_RETIRED', { camera: row.code });
  }
  if (!context.unit_ids.has(before.unit_id)) {
    const unit = await context.repositories.units.byId(before.unit_id);
    throw new CellFault('camera_code', row.code, 'FORBIDDEN_UNIT', {
      action: 'camera.import',
      unit: unit?.code ?? before.unit_id,
    });
  }
  const refusal = kindRefusal(before, row.kind);
  if (refusal !== null) throw new CellFault('kind', row.kind, refusal.code, refusal.details);
}

/** An agreement is the word of the owner who made it: it does not pass to another name with the camera. */
async function checkOwner(context: PlanContext, row: RegisterRow, before: Camera | null): Promise<void> {
  if (before?.owner_id == null || row.owner === null) return;
  const { agreements, owners } = context.repositories;
  const owner = await owners.byId(before.owner_id);
  if (owner === null || owner.name === row.owner.name) return;
  if ((await agreements.ofCamera(before.id)).length === 0) return;
  throw new CellFault('owner_name', row.owner.name, 'CAMERA_OWNER_FIXED', { camera: row.code });
}

/** What was withdrawn is reached by its owner only, whatever an old list says. */
async function checkReach({ repositories }: PlanContext, row: RegisterRow, before: Camera | null) {
  if (before?.kind !== 'household' || row.reach === null || row.reach === 'owner_only') return;
  const [newest] = await repositories.agreements.ofCamera(before.id);
  if (newest?.withdrawn_at_ms == null) return;
  throw new CellFault('reach', row.reach, 'CAMERA_WITHOUT_AGREEMENT', { camera: row.code });
}

async function checkChannel(context: PlanContext, row: RegisterRow, recorder_id: string): Promise<void> {
  const others = await context.repositories.cameras.ofRecorder(recorder_id);
  const refusal = channelRefusal(row, row.recorder.code, others);
  if (refusal === null) return;
  const is_channel = refusal.code === 'SOURCE_TAKEN';
  const [column, value] = is_channel
    ? (['source_token', row.source_token] as const)
    : (['recorder_code', row.recorder.code] as const);
  throw new CellFault(column, value, refusal.code, refusal.details);
}

async function siteOf(context: PlanContext, row: RegisterRow): Promise<string | null> {
  const { schemes, sites } = context.repositories;
  const { places } = context;
  const scheme = row.scheme_code === null ? null : await met(places.schemes, row.scheme_code, schemes.byCode);
  if (row.scheme_code !== null && scheme === null) {
    throw new CellFault('scheme_code', row.scheme_code, 'UNKNOWN_SCHEME', { scheme: row.scheme_code });
  }
  if (row.site_code === null) {
    if (scheme === null) return null;
    throw new CellFault('scheme_code', row.scheme_code, 'CSV_CELLS_TOGETHER', { other: 'site_code' });
  }
  const site = await met(places.sites, row.site_code, sites.byCode);
  if (site === null || (scheme !== null && site.scheme_id !== scheme.id)) {
    throw new CellFault('site_code', row.site_code, 'UNKNOWN_SITE', { site: row.site_code });
  }
  return site.id;
}

/** An owner is never overwritten: another name or number is another owner, and the old one stays with the past. */
async function ownerOf(
  context: PlanContext,
  row: RegisterRow,
  before: Camera | null,
): Promise<{ readonly id: string | null; readonly created: Owner | null }> {
  if (row.owner === null) return { id: null, created: null };
  const { name, phone } = row.owner;
  const current = before?.owner_id ? await context.repositories.owners.byId(before.owner_id) : null;
  if (current !== null && current.name === name && (phone === null || current.phone === phone)) {
    if (current.phone !== null) context.owners.set(ownerKey(name, current.phone), current);
    return { id: current.id, created: null };
  }
  const met = phone === null ? undefined : context.owners.get(ownerKey(name, phone));
  if (met !== undefined) return { id: met.id, created: null };
  const created: Owner = { id: context.newId(), name, phone, address: null };
  if (phone !== null) context.owners.set(ownerKey(name, phone), created);
  return { id: created.id, created };
}

/** Two people may share a name; name and number together tell a household. */
function ownerKey(name: string, phone: string): string {
  return JSON.stringify([name, phone]);
}

function cameraChanges(before: Camera | null, after: Camera): ColumnName[] {
  if (before === null) return [];
  const same = (a: Position | null, b: Position | null, axis: keyof Position) => a?.[axis] === b?.[axis];
  const compared: readonly [ColumnName, boolean][] = [
    ['camera_name', before.name === after.name],
    ['kind', before.kind === after.kind],
    ['unit_code', before.unit_id === after.unit_id],
    ['site_code', before.site_id === after.site_id],
    ['latitude', same(before.position, after.position, 'latitude_deg')],
    ['longitude', same(before.position, after.position, 'longitude_deg')],
    ['aim_latitude', same(before.aim_point, after.aim_point, 'latitude_deg')],
    ['aim_longitude', same(before.aim_point, after.aim_point, 'longitude_deg')],
    ['field_of_view_deg', before.field_of_view_deg === after.field_of_view_deg],
    ['range_m', before.range_m === after.range_m],
    ['reach', before.reach === after.reach],
    ['recorder_code', before.recorder_id === after.recorder_id],
    ['source_token', before.source_token === after.source_token],
    ['owner_name', before.owner_id === after.owner_id],
  ];
  return compared.filter(([, is_same]) => !is_same).map(([column]) => column);
}
