import { expect, it } from 'vitest';
import type { Contract } from './suite.ts';
import { camera, item, NOW, PAGE, request } from './world.ts';

export const transactionsContract: Contract = (subject) => {
  it('rolls back everything when anything fails', async () => {
    const { store } = subject();
    const failing = store.transaction(async (tx) => {
      await tx.cameras.create(camera(1));
      await tx.observations.record('camera-1', 'online', 'ok', NOW);
      const n = await tx.requests.nextNumber('ward-1', 2026);
      await tx.requests.insert(request(n), [item('item-1', `request-${n}`, 'camera-1')]);
      await tx.items.setState('item-1', ['queued'], 'refused', { reason: null, at_ms: NOW });
      throw new Error('power cut');
    });
    await expect(failing).rejects.toThrow('power cut');
    expect((await store.cameras.list({}, PAGE)).rows).toEqual([]);
    expect((await store.requests.list({}, PAGE)).rows).toEqual([]);
    await store.transaction(async (tx) => {
      expect(await tx.requests.nextNumber('ward-1', 2026)).toBe(1);
    });
  });

  it('shows nothing of an open transaction to others, and everything afterwards', async () => {
    const { store } = subject();
    const opened = Promise.withResolvers<void>();
    const may_end = Promise.withResolvers<void>();
    const writing = store.transaction(async (tx) => {
      await tx.cameras.create(camera(1));
      opened.resolve();
      await may_end.promise;
    });
    await opened.promise;
    expect(await store.cameras.byId('camera-1')).toBeNull();
    may_end.resolve();
    await writing;
    expect(await store.cameras.byId('camera-1')).not.toBeNull();
  });

  it('lets writers wait for an open transaction instead of failing', async () => {
    const { store } = subject();
    const opened = Promise.withResolvers<void>();
    const may_end = Promise.withResolvers<void>();
    const first = store.transaction(async (tx) => {
      await tx.audit.append({
        ...{ at_ms: NOW, act: 'a', account_id: null, person_id: null, unit_id: null },
        ...{ subject_kind: 'x', subject_id: 'x', outcome: 'ok', details: {} },
      });
      opened.resolve();
      await may_end.promise;
    });
    await opened.promise;
    const second = store.networks.create({ id: 'network-3', code: 'N3', name: 'x' });
    may_end.resolve();
    await Promise.all([first, second]);
    expect(await store.networks.byCode('N3')).not.toBeNull();
  });

  it("carries both out when two transactions stand in each other's way", async () => {
    const { store } = subject();
    const owner = (id: string, name: string) => ({ id, name, phone: null, address: null });
    for (const id of ['a', 'b']) await store.owners.create(owner(id, 'x'));
    const both_have_one = barrier(2);
    const change = (first: string, second: string, name: string) => {
      let tries = 0;
      return store.transaction(async (tx) => {
        tries += 1;
        await tx.owners.update(owner(first, name));
        // On SQLite the second transaction has not begun yet, and nobody can stand in the way.
        if (tries === 1 && store.engine === 'postgres') await both_have_one();
        await tx.owners.update(owner(second, name));
      });
    };
    await Promise.all([change('a', 'b', 'one'), change('b', 'a', 'two')]);
    const names = (await store.owners.byIds(['a', 'b'])).map(({ name }) => name);
    expect(names[0]).toBe(names[1]);
  });

  it('names the mistake of opening a transaction within a transaction', async () => {
    const { store } = subject();
    const nested = store.transaction(() => store.transaction(async () => {}));
    await expect(nested).rejects.toThrow('went past the open transaction');
  });

  it('gives request numbers without gaps to many who submit at once, some of them failing', async () => {
    const { store } = subject();
    const submit = (i: number) =>
      store.transaction(async (tx) => {
        const n = await tx.requests.nextNumber('ward-1', 2026);
        await tx.requests.insert(request(n), []);
        if (i % 5 === 0) throw new Error('refused');
      });
    const ends = await Promise.allSettled(Array.from({ length: 30 }, (_, i) => submit(i)));
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(24);
    const { rows } = await store.requests.list({}, PAGE);
    expect(rows.map(({ id }) => Number(id.slice(8))).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 24 }, (_, n) => n + 1),
    );
  });

  it('counts per unit and year', async () => {
    const { store } = subject();
    const numbers = await store.transaction(async (tx) => [
      await tx.requests.nextNumber('ward-1', 2026),
      await tx.requests.nextNumber('ward-1', 2026),
      await tx.requests.nextNumber('ward-2', 2026),
      await tx.requests.nextNumber('ward-1', 2027),
    ]);
    expect(numbers).toEqual([1, 2, 1, 1]);
    await expect(store.requests.nextNumber('ward-1', 2026)).rejects.toThrow('transaction');
  });
};

/** Resolves for everybody once `count` have come. */
function barrier(count: number): () => Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let come = 0;
  return () => {
    come += 1;
    if (come === count) resolve();
    return promise;
  };
}
