import { expect, it } from 'vitest';
import { versionOf } from './version.ts';

it('is the same for the same record, in whatever order its fields were put down', () => {
  const record = { code: 'A', position: { latitude_deg: 1, longitude_deg: 2 } };
  const turned = { position: { longitude_deg: 2, latitude_deg: 1 }, code: 'A' };
  expect(versionOf(turned)).toBe(versionOf(record));
});

it('is another one when anything differs, deep inside too', () => {
  const record = { code: 'A', owner_id: null, purposes: ['a', 'b'], position: { latitude_deg: 1 } };
  const versions = [
    record,
    { ...record, owner_id: 'null' },
    { ...record, purposes: ['b', 'a'] },
    { ...record, position: { latitude_deg: 1.000001 } },
  ].map(versionOf);
  expect(new Set(versions).size).toBe(versions.length);
});
