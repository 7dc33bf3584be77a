import { expect, it } from 'vitest';
import type { AuditEvent, Store } from '../../src/index.ts';
import { tamper } from '../tamper.ts';
import type { Contract } from './suite.ts';
import { NOW, PAGE } from './world.ts';

function event(n: number, change: Partial<AuditEvent> = {}): AuditEvent {
  return {
    at_ms: NOW + n,
    act: 'camera.create',
    account_id: 'account-1',
    person_id: 'person-1',
    unit_id: 'ward-1',
    subject_kind: 'camera',
    subject_id: `camera-${n}`,
    outcome: 'ok',
    details: { b: 'Đông Vệ', a: [String(n)], n },
    ...change,
  };
}

async function appendFive(store: Store): Promise<void> {
  for (let n = 1; n <= 5; n += 1) await store.audit.append(event(n));
}

export const auditContract: Contract = (subject) => {
  it('numbers events without gaps and gives them back newest first', async () => {
    const { store } = subject();
    await appendFive(store);
    const { rows } = await store.audit.list({}, PAGE);
    expect(rows.map(({ sequence }) => sequence)).toEqual([5, 4, 3, 2, 1]);
    expect(rows[4]).toMatchObject(event(1));
    expect(await store.audit.verifyChain()).toEqual({ events: 5, broken_at_sequence: null });
  });

  it('chains many events at once as if they came one by one', async () => {
    const { store } = subject();
    await store.audit.append(event(1));
    await store.audit.appendMany([]);
    await store.audit.appendMany(Array.from({ length: 1_203 }, (_, n) => event(n + 2)));
    await store.audit.append(event(1_205));
    expect(await store.audit.verifyChain()).toEqual({ events: 1_205, broken_at_sequence: null });
    const { rows } = await store.audit.list({}, { limit: 1_000, after: null });
    expect(rows.map(({ subject_id }) => subject_id)).toEqual(
      Array.from({ length: 1_000 }, (_, n) => `camera-${1_205 - n}`),
    );
  });

  it('leaves no gap for a transaction that was rolled back', async () => {
    const { store } = subject();
    const failing = store.transaction(async (tx) => {
      await tx.audit.append(event(1));
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect((await store.audit.append(event(2))).sequence).toBe(1);
    expect(await store.audit.verifyChain()).toEqual({ events: 1, broken_at_sequence: null });
  });

  it('keeps one unbroken chain when many append at once', async () => {
    const { store } = subject();
    const appended = await Promise.all(Array.from({ length: 40 }, (_, n) => store.audit.append(event(n))));
    expect(appended.map(({ sequence }) => sequence).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 40 }, (_, n) => n + 1),
    );
    expect(await store.audit.verifyChain()).toEqual({ events: 40, broken_at_sequence: null });
  });

  const EDITS = {
    'a changed text': ["update audit_events set subject_id = 'camera-9' where sequence = 3", 3],
    'a changed time': ['update audit_events set at_ms = at_ms + 1 where sequence = 2', 2],
    'changed details': [
      `update audit_events set details = '{"a":["3"],"b":"x","n":3}' where sequence = 3`,
      3,
    ],
    'a removed event': ['delete from audit_events where sequence = 2', 2],
    'a removed end': ['delete from audit_events where sequence >= 4', 4],
    'a changed leaf': ["update audit_events set leaf_sha256 = '00' where sequence = 5", 5],
    'a changed head': ["update audit_head set leaf_sha256 = '00'", 5],
  } as const;
  for (const [what, [sql, sequence]] of Object.entries(EDITS)) {
    it(`shows ${what}`, async () => {
      const { store, options } = subject();
      await appendFive(store);
      await tamper(options, sql);
      expect((await store.audit.verifyChain()).broken_at_sequence).toBe(sequence);
    });
  }

  it('filters by act, account, unit, subject and time', async () => {
    const { store } = subject();
    await appendFive(store);
    await store.audit.append(
      event(6, { act: 'session.open', outcome: 'denied', account_id: null, unit_id: null }),
    );
    const some = async (filter: Parameters<typeof store.audit.list>[0]) =>
      (await store.audit.list(filter, PAGE)).rows.map(({ sequence }) => sequence);
    expect(await some({ act: 'session.open' })).toEqual([6]);
    expect(await some({ account_id: 'account-1', unit_ids: ['ward-1', 'ward-2'] })).toEqual([5, 4, 3, 2, 1]);
    expect(await some({ subject_kind: 'camera', subject_id: 'camera-2' })).toEqual([2]);
    expect(await some({ span: { start_ms: NOW + 2, end_ms: NOW + 4 } })).toEqual([3, 2]);
  });

  it('takes any text somebody typed, and refuses details without bound', async () => {
    const { store } = subject();
    await store.audit.append(event(1, { subject_id: 'a\0b\uD800c', details: { typed: '\0\uD800' } }));
    expect(await store.audit.verifyChain()).toEqual({ events: 1, broken_at_sequence: null });
    const endless = event(2, { details: { text: 'x'.repeat(9000) } });
    await expect(store.audit.append(endless)).rejects.toMatchObject({ code: 'AUDIT_DETAILS_TOO_LARGE' });
  });
};
