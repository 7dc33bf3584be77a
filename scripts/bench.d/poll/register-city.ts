import { randomBytes } from 'node:crypto';
import { makeId } from '@minhchung/domain';
import { openSecretBox, openStore, type StoreOptions } from '@minhchung/store';
import { CITY_DEFAULTS, sourceToken } from '@minhchung/testkit';

const RECORDERS_PER_TRANSACTION = 500;

/** Puts one recorder into the register for every device, with a camera for every channel. */
export async function registerCity(
  options: StoreOptions,
  key_path: string,
  device_urls: readonly string[],
  channels: number,
): Promise<void> {
  const store = await openStore(options);
  await store.migrate();
  const secrets = await openSecretBox(key_path);
  const at_ms = Date.now();
  const id = () => makeId(at_ms, randomBytes(10));
  const [unit_id, network_id] = [id(), id()];
  const { username, password } = CITY_DEFAULTS;
  await store.transaction(async (tx) => {
    const validity = { valid_from_ms: 0, valid_to_ms: null, successor_ids: [] };
    await tx.units.create({
      id: unit_id,
      code: 'P01',
      name: 'Phường',
      level: 'ward',
      parent_id: null,
      ...validity,
    });
    await tx.networks.create({ id: network_id, code: 'LAN', name: 'Mạng', cidrs: ['127.0.0.0/8'] });
  });
  for (let first = 0; first < device_urls.length; first += RECORDERS_PER_TRANSACTION) {
    await store.transaction(async (tx) => {
      for (const [i, device_url] of device_urls.slice(first, first + RECORDERS_PER_TRANSACTION).entries()) {
        const [recorder_id, clock_id, n] = [id(), id(), first + i];
        await tx.clocks.create({ id: clock_id, name: `Đồng hồ ${n}`, kind: 'recorder' });
        await tx.recorders.create({
          ...{ id: recorder_id, code: `R${n}`, name: `Đầu ghi ${n}`, unit_id, network_id, kind: 'onvif' },
          ...{ device_url, folder: null, clock_id, created_at_ms: at_ms },
        });
        for (let channel = 1; channel <= channels; channel += 1) {
          await tx.cameras.create({
            ...{ id: id(), code: `C${n}-${channel}`, name: `Camera ${n}`, unit_id, site_id: null },
            ...{ kind: 'community', owner_id: null, aim_point: null, field_of_view_deg: null, range_m: null },
            position: { latitude_deg: 19.8 + (n % 1000) / 10_000, longitude_deg: 105.77 },
            ...{ mounting: null, reach: 'polled', recorder_id, source_token: sourceToken(channel) },
            ...{ created_at_ms: at_ms, retired_at_ms: null },
          });
        }
        await tx.credentials.set(recorder_id, { username, password }, secrets, at_ms);
      }
    });
  }
  await store.close();
}
