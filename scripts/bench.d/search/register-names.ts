import type { Store } from '@minhchung/store';

/** As many as a ward of a Vietnamese city has. */
const CAMERAS_PER_WARD = 60;
const CAMERAS_PER_TRANSACTION = 2_000;
const FAMILY = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Vũ', 'Đặng', 'Bùi', 'Đỗ', 'Hồ', 'Ngô', 'Dương'];
const MIDDLE = ['Văn', 'Thị', 'Đức', 'Hữu', 'Minh', 'Thanh', 'Ngọc', 'Quốc'];
const GIVEN = [
  'An',
  'Bình',
  'Cường',
  'Dũng',
  'Hạnh',
  'Hương',
  'Khánh',
  'Lan',
  'Mai',
  'Phượng',
  'Quân',
  'Yến',
];
const STREET = [
  'Lê Lợi',
  'Trần Phú',
  'Hạc Thành',
  'Đông Vệ',
  'Quang Trung',
  'Nguyễn Trãi',
  'Bà Triệu',
  'Đội Cung',
];
const PLACE = [
  'Ngã tư',
  'Cổng chợ',
  'Trường tiểu học',
  'Nhà văn hoá',
  'Đầu ngõ',
  'Bến xe',
  'Công viên',
  'Cầu',
];

/** Of Zipf's kind: the first names of a list are common, the last are rare, as in life. */
function pick<T>(list: readonly T[], n: number): T {
  return list[Math.floor((((n * 2_654_435_761) % 2 ** 32) / 2 ** 32) ** 2 * list.length)]!;
}

export function nameOf(n: number): string {
  return `${pick(PLACE, n + 3)} ${(n % 97) + 1} ${pick(STREET, n + 11)}`;
}

export function ownerOf(n: number): string {
  return `${pick(FAMILY, n + 5)} ${pick(MIDDLE, n + 17)} ${pick(GIVEN, n + 29)}`;
}

export function wardIds(cameras: number): string[] {
  return Array.from({ length: Math.ceil(cameras / CAMERAS_PER_WARD) }, (_, n) => `ward-${n}`);
}

/** Registers cameras with names, owners and addresses as wards have them. */
export async function registerNames(store: Store, cameras: number): Promise<void> {
  const wards = wardIds(cameras);
  await store.transaction(async (tx) => {
    await tx.networks.create({ id: 'n', code: 'LAN', name: 'LAN', cidrs: [] });
    await tx.clocks.create({ id: 'k', name: 'Đồng hồ', kind: 'recorder' });
    for (const [n, id] of wards.entries()) {
      const validity = { parent_id: null, valid_from_ms: 0, valid_to_ms: null, successor_ids: [] };
      await tx.units.create({
        id,
        code: `P${n}`,
        name: `Phường ${pick(STREET, n)}`,
        level: 'ward',
        ...validity,
      });
    }
    await tx.recorders.create({
      ...{ id: 'r', code: 'R', name: 'R', unit_id: wards[0]!, network_id: 'n', kind: 'onvif', clock_id: 'k' },
      ...{ device_url: 'http://192.168.1.9/onvif/device_service', folder: null, created_at_ms: 0 },
    });
  });
  for (let first = 0; first < cameras; first += CAMERAS_PER_TRANSACTION) {
    await store.transaction(async (tx) => {
      for (let n = first; n < Math.min(cameras, first + CAMERAS_PER_TRANSACTION); n += 1) {
        const unit_id = wards[Math.floor(n / CAMERAS_PER_WARD)]!;
        await tx.owners.create({
          id: `o-${n}`,
          name: ownerOf(n),
          phone: null,
          address: `${n % 300} ${pick(STREET, n)}`,
        });
        await tx.cameras.create({
          ...{ id: `c-${n}`, code: `TH-${n}`, name: nameOf(n), unit_id, site_id: null, kind: 'household' },
          ...{ owner_id: `o-${n}`, position: { latitude_deg: 19.8, longitude_deg: 105.77 }, aim_point: null },
          ...{ field_of_view_deg: null, range_m: null, mounting: null, reach: 'polled', recorder_id: 'r' },
          ...{ source_token: `s-${n}`, created_at_ms: 0, retired_at_ms: null },
        });
      }
    });
  }
}
