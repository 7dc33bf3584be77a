import {
  type Agreement,
  type Camera,
  type CameraKind,
  type CameraState,
  isAgreementPurpose,
  PURPOSE_NAMES,
  type Recorder,
  VIETNAM_OFFSET_MS,
} from '@minhchung/domain';
import type { Repositories } from '@minhchung/store';
import type { CellValue } from '@minhchung/tables';
import { COLUMNS, type ColumnName } from '../import/columns.ts';
import {
  AGREEMENT_MODES,
  KINDS,
  REACHES,
  RECORDER_KINDS,
  VENDORS,
  YES_OR_NO,
  ZONES,
} from '../import/words.ts';
import { EXPORT_PAGE_ROWS } from '../limits.ts';
import { type Named, placeNames } from './place-names.ts';

/** Which cameras are given out: the filter of the list. */
export interface ExportFilter {
  readonly unit_ids: readonly string[];
  readonly text?: string | undefined;
  readonly kind?: CameraKind | undefined;
  readonly state?: CameraState | undefined;
}

/** Never given out: what signs in at devices. The columns for both numbers in one cell would say them twice. */
const LEFT_OUT: readonly ColumnName[] = ['username', 'password', 'coordinates', 'aim_coordinates'];
const GIVEN = COLUMNS.map(({ name }) => name).filter((name) => !LEFT_OUT.includes(name));

/**
 * The register as rows in the columns of the import, headings first, cameras in order of code. Importing them again
 * changes nothing. A page at a time is in memory, whatever the size of the register. Telephone numbers are given
 * for cameras of the units in `phone_unit_ids` only.
 */
export async function* exportRows(
  repositories: Repositories,
  { unit_ids, text, kind, state }: ExportFilter,
  phone_unit_ids: ReadonlySet<string>,
): AsyncGenerator<readonly CellValue[]> {
  yield COLUMNS.filter(({ name }) => GIVEN.includes(name)).map(({ label_vi }) => label_vi);
  const names = placeNames(repositories);
  const filter = {
    unit_ids,
    ...(text === undefined ? {} : { text }),
    ...(kind === undefined ? {} : { kind }),
    ...(state === undefined ? {} : { state }),
  };
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof repositories.cameras.list>> = await repositories.cameras.list(
      filter,
      {
        limit: EXPORT_PAGE_ROWS,
        after,
      },
    );
    yield* rowsOf(repositories, page.rows, names, phone_unit_ids);
    after = page.next;
  } while (after !== null);
}

async function* rowsOf(
  repositories: Repositories,
  cameras: readonly Camera[],
  names: Named,
  phone_unit_ids: ReadonlySet<string>,
): AsyncGenerator<readonly CellValue[]> {
  const ids = cameras.map(({ id }) => id);
  const recorders = await repositories.recorders.byIds(cameras.map(({ recorder_id }) => recorder_id));
  const owners = await repositories.owners.byIds(cameras.flatMap(({ owner_id }) => owner_id ?? []));
  const agreements = await repositories.agreements.newestOf(ids);
  const recorder_of = new Map(recorders.map((one) => [one.id, one]));
  const owner_of = new Map(owners.map((one) => [one.id, one]));
  const agreement_of = new Map(agreements.map((one) => [one.camera_id, one]));
  for (const camera of cameras) {
    const recorder = recorder_of.get(camera.recorder_id);
    if (recorder === undefined) throw new Error(`camera ${camera.id} has no recorder`);
    const owner = camera.owner_id === null ? undefined : owner_of.get(camera.owner_id);
    const cells = new Map<ColumnName, CellValue>([
      ...cameraCells(camera),
      ...recorderCells(recorder),
      ...agreementCells(agreement_of.get(camera.id)),
      ['unit_code', await names.unit(camera.unit_id)],
      ['network_code', await names.network(recorder.network_id)],
      ...(await names.site(camera.site_id)),
      ['owner_name', owner?.name ?? null],
      ['owner_phone', phone_unit_ids.has(camera.unit_id) ? (owner?.phone ?? null) : null],
    ]);
    yield GIVEN.map((name) => cells.get(name) ?? null);
  }
}

function cameraCells(camera: Camera): [ColumnName, CellValue][] {
  return [
    ['camera_code', camera.code],
    ['camera_name', camera.name],
    ['kind', wordFor(KINDS, camera.kind)],
    ['latitude', camera.position.latitude_deg],
    ['longitude', camera.position.longitude_deg],
    ['aim_latitude', camera.aim_point?.latitude_deg ?? null],
    ['aim_longitude', camera.aim_point?.longitude_deg ?? null],
    ['field_of_view_deg', camera.field_of_view_deg],
    ['range_m', camera.range_m],
    ['reach', wordFor(REACHES, camera.reach)],
    ['source_token', camera.source_token],
  ];
}

function recorderCells({
  code,
  name,
  kind,
  device_url,
  folder,
  playback,
}: Recorder): [ColumnName, CellValue][] {
  return [
    ['recorder_code', code],
    ['recorder_name', name],
    ['recorder_kind', wordFor(RECORDER_KINDS, kind)],
    ['device_url', device_url],
    ['folder_path', folder?.path ?? null],
    ['folder_pattern', folder?.pattern ?? null],
    ['folder_zone', folder === null ? null : wordFor(ZONES, folder.zone)],
    ['playback_vendor', playback == null ? null : wordFor(VENDORS, playback.vendor)],
    ['playback_template', playback?.template ?? null],
  ];
}

/** The owner's word as it stands. A withdrawn agreement is none, and importing it again must not bring it back. */
function agreementCells(agreement: Agreement | undefined): [ColumnName, CellValue][] {
  if (agreement === undefined || agreement.withdrawn_at_ms !== null) return [];
  const { mode, purposes, allows_audio, valid_from_ms, valid_to_ms } = agreement;
  const known = purposes.every(isAgreementPurpose);
  return [
    ['agreement_mode', wordFor(AGREEMENT_MODES, mode)],
    ['agreement_purposes', known ? purposes.map((one) => PURPOSE_NAMES[one].vi).join(' | ') : null],
    ['agreement_audio', wordFor(YES_OR_NO, allows_audio ? 'yes' : 'no')],
    ['agreement_valid_from', vietnameseDay(valid_from_ms)],
    ['agreement_valid_to', valid_to_ms === null ? null : vietnameseDay(valid_to_ms - 1)],
  ];
}

/** `31/12/2026`: the day in Vietnam in which the instant lies. */
function vietnameseDay(at_ms: number): string {
  const [year, month, day] = new Date(at_ms + VIETNAM_OFFSET_MS).toISOString().slice(0, 10).split('-');
  return `${day}/${month}/${year}`;
}

function wordFor<V extends string>(words: Readonly<Record<V, readonly string[]>>, value: V): string {
  return words[value][0] ?? value;
}
