import {
  createNetwork,
  createScheme,
  createSite,
  importCameras,
  listCameras,
  readCamera,
} from '@minhchung/contract';
import { PLACES, registerCsv } from './register-csv.ts';
import { runCommand, type Site } from './server.ts';
import type { Staff } from './staff.ts';
import type { Ward } from './ward.ts';

/** A camera as the system knows it after the first sweep. */
export interface KnownCamera {
  readonly id: string;
  readonly code: string;
  readonly state: string;
  readonly reason: string;
  /** Device minus true as measured; null: nobody could read the clock. */
  readonly offset: { readonly min_ms: number; readonly max_ms: number } | null;
}

/** The technician's morning: places, the register as a CSV (preview first), and one sweep of the network. */
export async function registerWard(site: Site, staff: Staff, ward: Ward): Promise<KnownCamera[]> {
  const { client } = staff.technician;
  await client.call(createNetwork, { body: { code: PLACES.network, name: 'Mạng camera phường Hạc Thành' } });
  const scheme = await client.call(createScheme, {
    body: {
      unit_id: staff.unit_id,
      code: PLACES.scheme,
      name: 'Camera an ninh tuyến phố Lê Lợi',
      launched_at_ms: Date.UTC(2024, 4, 19),
    },
  });
  await client.call(createSite, { body: { scheme_id: scheme.id, code: PLACES.site, name: 'Ngã tư Lê Lợi' } });

  const csv = registerCsv(ward);
  const preview = await client.call(importCameras, { query: { mode: 'preview' }, body: csv });
  const report = await client.call(importCameras, { query: { mode: 'apply' }, body: csv });
  if (preview.rejected > 0 || report.created !== ward.cameras.length) {
    throw new Error(`the register was not taken whole: ${JSON.stringify(report.rows, null, 1)}`);
  }
  const sweep = await runCommand(['poll', '--json', '--config', site.config_file]);
  if (sweep.code !== 0) throw new Error(`minhchung poll: ${sweep.stderr}`);
  return knownCameras(staff);
}

async function knownCameras(staff: Staff): Promise<KnownCamera[]> {
  const { client } = staff.technician;
  const { items } = await client.call(listCameras, { query: { limit: 200 } });
  return Promise.all(
    items.map(async ({ id, code, observation }) => {
      const { clock } = await client.call(readCamera, { params: { camera_id: id } });
      const offset =
        clock.offset === null ? null : { min_ms: clock.offset.min_ms, max_ms: clock.offset.max_ms };
      return { id, code, state: observation?.state ?? 'unknown', reason: observation?.reason ?? '', offset };
    }),
  );
}
