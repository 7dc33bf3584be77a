import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RoutePlugin } from '@minhchung/contract/server';
import type { Appointment, Person, Unit } from '@minhchung/domain';
import { createUnit } from '@minhchung/registry';
import { loadSettings, type Settings } from '@minhchung/settings';
import { openStore, type Store } from '@minhchung/store';
import { FakeTime } from '@minhchung/testkit';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { pino } from 'pino';
import { buildApp, type Deps } from '../src/app/build-app.ts';
import { addPerson, openAccount } from '../src/people/open-account.ts';
import { newIdAt } from '../src/people/performed.ts';
import { createPasswords } from '../src/session/passwords.ts';

/** 2026-11-22T08:00:00Z */
export const NOW_MS = 1_795_334_400_000;
export const ORIGIN = 'http://localhost:8080';
export const PASSWORD = 'một câu dễ nhớ';

export interface World {
  readonly app: FastifyInstance;
  readonly store: Store;
  readonly settings: Settings;
  readonly time: FakeTime;
  /** Everything that was logged, as text. */
  readonly log: () => string;
  readonly province: Unit;
  readonly ward: Unit;
  readonly other_ward: Unit;
  addAccount(login: string, appointments: readonly Appointment[]): Promise<Person>;
  /** Sends a call as a browser on our own page would. */
  send(call: InjectOptions & { session?: string }): Promise<LightMyRequestResponse>;
  signIn(login: string, password?: string, address?: string): Promise<LightMyRequestResponse>;
  /** Signs in and returns the cookie. */
  sessionOf(login: string): Promise<string>;
  close(): Promise<void>;
}

export interface WorldOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly areas?: (deps: Deps) => readonly RoutePlugin[];
  /** A migrated database of the test's own, instead of a SQLite file; closed with the world. */
  readonly store?: Store;
}

/** An API on a database of its own, with a province, two wards and nobody. */
export async function createWorld(options: WorldOptions = {}): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-'));
  const settings = loadSettings({ env: { MINHCHUNG_DATA_DIR: folder, ...options.env } });
  const store = options.store ?? (await openStore({ engine: 'sqlite', path: settings.store.path }));
  await store.migrate();
  const time = new FakeTime(NOW_MS);
  const lines: string[] = [];
  const logger = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
  const app = await buildApp({ store, settings, time, logger, areas: options.areas ?? (() => []) });
  const passwords = await createPasswords();

  const by = { actor: null, now_ms: NOW_MS };
  const newId = () => newIdAt(NOW_MS);
  const unit = (code: string, parent: Unit | null) =>
    createUnit({ store, newId })(by, {
      code,
      name: code,
      level: parent === null ? 'province' : 'ward',
      parent_id: parent?.id ?? null,
      valid_from_ms: 0,
    });
  const province = await unit('TH', null);
  const ward = await unit('HT', province);
  const other_ward = await unit('DS', province);

  const send: World['send'] = ({ session, headers, ...call }) =>
    app.inject({
      ...call,
      headers: {
        host: 'localhost:8080',
        origin: ORIGIN,
        ...(session === undefined ? {} : { cookie: session }),
        ...headers,
      },
    });
  const signIn: World['signIn'] = (login, password = PASSWORD, address = '10.0.0.1') =>
    send({ method: 'POST', url: '/api/session', payload: { login, password }, remoteAddress: address });

  return {
    app,
    store,
    settings,
    time,
    log: () => lines.join(''),
    province,
    ward,
    other_ward,
    send,
    signIn,
    async addAccount(login, appointments) {
      const password_hash = await passwords.hash(PASSWORD);
      return store.transaction(async (tx) => {
        const person = await addPerson(tx, { badge_number: `B-${login}`, full_name: login }, by);
        await openAccount(tx, person, { login, password_hash, appointments }, by);
        return person;
      });
    },
    async sessionOf(login) {
      const response = await signIn(login);
      const [cookie] = response.cookies;
      if (cookie === undefined) throw new Error(`signing in failed: ${response.body}`);
      return `${cookie.name}=${cookie.value}`;
    },
    async close() {
      await app.close();
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** Acts in the audit trail, newest first. */
export async function trailOf(store: Store) {
  const page = await store.audit.list({}, { limit: 100, after: null });
  return page.rows;
}
