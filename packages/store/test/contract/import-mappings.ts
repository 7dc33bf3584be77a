import { expect, it } from 'vitest';
import type { Contract } from './suite.ts';
import { NOW } from './world.ts';

const MAPPING = {
  unit_id: 'ward-1',
  fingerprint: 'f1',
  fields: ['camera_code', null, 'latitude'],
  account_id: 'account-1',
  remembered_at_ms: NOW,
};

export const importMappingsContract: Contract = (subject) => {
  it('gives back what a unit remembered for its headings, and nothing of other units or headings', async () => {
    const { importMappings } = subject().store;
    await importMappings.remember(MAPPING);
    expect(await importMappings.newest(['ward-1', 'ward-2'], 'f1')).toEqual(MAPPING);
    expect(await importMappings.newest(['ward-2'], 'f1')).toBeNull();
    expect(await importMappings.newest([], 'f1')).toBeNull();
    expect(await importMappings.newest(['ward-1'], 'f2')).toBeNull();
  });

  it('keeps the last decision of a unit, and prefers the newest among several units', async () => {
    const { importMappings } = subject().store;
    await importMappings.remember(MAPPING);
    const later = { ...MAPPING, fields: ['camera_name'], remembered_at_ms: NOW + 1 };
    await importMappings.remember(later);
    expect(await importMappings.newest(['ward-1'], 'f1')).toEqual(later);
    const other = { ...MAPPING, unit_id: 'ward-2', remembered_at_ms: NOW + 2 };
    await importMappings.remember(other);
    expect(await importMappings.newest(['ward-1', 'ward-2'], 'f1')).toEqual(other);
  });
};
