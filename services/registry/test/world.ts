import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Actor, makeId } from '@minhchung/domain';
import { loadSettings } from '@minhchung/settings';
import { openStore, type SecretBox, type Store, secretBox } from '@minhchung/store';
import { FakeTime } from '@minhchung/testkit';
import type { ImportReport } from '../src/import/report.ts';
import { type ImportInput, type ImportOutcome, runImport } from '../src/import-cameras.ts';
import { bytes } from './register.ts';

/** 2026-11-22T08:00:00Z */
export const NOW_MS = 1_795_334_400_000;

export interface World {
  readonly store: Store;
  readonly time: FakeTime;
  readonly secrets: SecretBox;
  readonly actor: Actor;
  /** Imports as a technician of ward HT, unless other units are given. */
  run(
    file: string | Uint8Array,
    mode?: ImportReport['mode'],
    unit_ids?: readonly string[],
    options?: Partial<ImportInput>,
  ): Promise<ImportReport>;
  /** The same, with the rows to hand back. */
  outcome(
    file: string | Uint8Array,
    mode?: ImportReport['mode'],
    unit_ids?: readonly string[],
    options?: Partial<ImportInput>,
  ): Promise<ImportOutcome>;
  close(): Promise<void>;
}

/** A database with two wards (HT, DS), a network LAN, and a scheme MH-1 with site D-1 in HT; folders below /srv/recordings. */
export async function createWorld(
  options: { readonly recording_roots?: readonly string[] } = {},
): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'registry-'));
  const store = await openStore({ engine: 'sqlite', path: join(folder, 'test.sqlite') });
  await store.migrate();
  const time = new FakeTime(NOW_MS);
  const secrets = secretBox(randomBytes(32));
  const newId = () => makeId(time.now_ms(), randomBytes(10));
  for (const code of ['HT', 'DS']) {
    const validity = { valid_from_ms: 0, valid_to_ms: null, successor_ids: [] };
    await store.units.create({ id: code, code, name: code, level: 'ward', parent_id: null, ...validity });
  }
  await store.networks.create({ id: 'LAN', code: 'LAN', name: 'Mạng camera phường' });
  const scheme = { id: 'MH-1', unit_id: 'HT', code: 'MH-1', name: 'Camera an ninh' };
  await store.schemes.create({ ...scheme, launched_at_ms: 0, status: 'active', ended_at_ms: null });
  await store.sites.create({ id: 'D-1', scheme_id: 'MH-1', code: 'D-1', name: 'Ngã tư' });
  const person = { id: 'P1', badge_number: 'B1', full_name: 'Kỹ thuật viên', created_at_ms: NOW_MS };
  await store.people.createPerson(person);
  const account = {
    id: 'A1',
    person_id: 'P1',
    login: 'kt',
    status: 'active',
    created_at_ms: NOW_MS,
  } as const;
  await store.people.createAccount(account, '-', [{ role: 'technician', unit_id: 'HT' }]);
  const actor: Actor = {
    account_id: 'A1',
    person_id: 'P1',
    appointments: [{ role: 'technician', unit_id: 'HT' }],
  };
  const roots = JSON.stringify(options.recording_roots ?? ['/srv/recordings']);
  const settings = loadSettings({ env: { MINHCHUNG_REGISTRY__RECORDING_ROOTS: roots } });
  const run = runImport({ store, time, secrets, newId, settings });
  const outcome: World['outcome'] = (file, mode = 'apply', unit_ids = ['HT'], more = {}) =>
    run(actor, { mode, bytes: typeof file === 'string' ? bytes(file) : file, unit_ids, ...more });
  return {
    store,
    time,
    secrets,
    actor,
    run: async (...input) => (await outcome(...input)).report,
    outcome,
    async close() {
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** Line, column and code of every problem of a report. */
export function problemsIn(report: ImportReport): [number, string | null, string][] {
  return report.rows.flatMap((row) => row.problems).map(({ line, column, code }) => [line, column, code]);
}
