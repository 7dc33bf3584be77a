import { expect, it } from 'vitest';
import type { RegistryChange } from '../../src/index.ts';
import type { Contract } from './suite.ts';
import { MINUTE, NOW, PAGE } from './world.ts';

const ACTOR = { person_id: 'person-1', account_id: 'account-1' };

function change(n: number, part: Partial<RegistryChange> = {}): RegistryChange {
  return {
    ...{ at_ms: NOW + n * MINUTE, actor: ACTOR, act: 'camera.update', unit_id: 'ward-1' },
    ...{
      subject_kind: 'camera',
      subject_id: 'camera-1',
      before: { name: `${n}` },
      after: { name: `${n + 1}` },
    },
    ...part,
  };
}

export const changesContract: Contract = (subject) => {
  it('tells who changed what of a thing, newest first, and only what differs', async () => {
    const { store } = subject();
    const position = { latitude_deg: 19.8, longitude_deg: 105.7 };
    await store.changes.append(
      change(1, {
        before: { name: 'Cổng chợ', range_m: null, position, purposes: ['incident'] },
        after: { name: 'Ngã tư', range_m: 40, position, purposes: ['incident', 'missing_person'] },
      }),
    );
    await store.changes.append(change(2, { actor: null, before: {}, after: { name: 'x' } }));
    await store.changes.append(change(3, { subject_id: 'camera-2' }));
    await store.changes.append(change(4, { subject_kind: 'recorder' }));
    const { rows } = await store.changes.history('camera', 'camera-1', PAGE);
    expect(rows).toEqual([
      {
        ...{
          id: rows[0]!.id,
          at_ms: NOW + 2 * MINUTE,
          person_id: null,
          account_id: null,
          act: 'camera.update',
        },
        ...{ subject_kind: 'camera', subject_id: 'camera-1', unit_id: 'ward-1' },
        ...{ before: {}, after: { name: 'x' } },
      },
      {
        ...{ id: rows[1]!.id, at_ms: NOW + MINUTE, ...ACTOR, act: 'camera.update' },
        ...{ subject_kind: 'camera', subject_id: 'camera-1', unit_id: 'ward-1' },
        before: { name: 'Cổng chợ', purposes: ['incident'], range_m: null },
        after: { name: 'Ngã tư', purposes: ['incident', 'missing_person'], range_m: 40 },
      },
    ]);
  });

  it('pages through changes of the same moment in the order they were made, the last first', async () => {
    const { store } = subject();
    for (const name of ['a', 'b', 'c', 'd', 'e']) await store.changes.append(change(1, { after: { name } }));
    const seen: unknown[] = [];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof store.changes.history>> = await store.changes.history(
        'camera',
        'camera-1',
        { limit: 2, after },
      );
      seen.push(...page.rows.map((row) => row.after.name));
      after = page.next;
    } while (after !== null);
    expect(seen).toEqual(['e', 'd', 'c', 'b', 'a']);
  });

  it('keeps no change of a transaction that failed', async () => {
    const { store } = subject();
    const failing = store.transaction(async (tx) => {
      await tx.changes.append(change(1));
      throw new Error('power cut');
    });
    await expect(failing).rejects.toThrow('power cut');
    expect((await store.changes.history('camera', 'camera-1', PAGE)).rows).toEqual([]);
  });
};
