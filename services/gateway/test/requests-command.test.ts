import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatVietnam, type Span } from '@minhchung/domain';
import { openSecretBox } from '@minhchung/store';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newId, seedItem } from '../../extraction/test/seed.ts';
import { runForTest } from './run-command.ts';
import { createWorld, NOW_MS, trailOf, type World } from './world.ts';

const START_MS = Math.floor(Date.now() / 60_000) * 60_000 - 600_000;
const WANTED: Span = { start_ms: START_MS, end_ms: START_MS + 240_000 };
const PART: Span = { start_ms: START_MS + 60_000, end_ms: START_MS + 120_000 };
const NUMBER = 'TX-2026-HT-000001';

let folder: string;
let world: World;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'requests-command-'));
  world = await createWorld({ env: { MINHCHUNG_DATA_DIR: folder } });
  world.time.advance(Date.now() - NOW_MS);
  await submitted();
});
afterEach(async () => {
  await world.close();
  await rm(folder, { recursive: true });
});

/** A request of the ward's that waits for a decision, made by an officer who has a second account as approver. */
async function submitted(): Promise<void> {
  const { store, ward } = world;
  const secrets = await openSecretBox(join(folder, 'secrets.key'));
  const seeded = await seedItem(store, secrets, {
    recorder: { kind: 'onvif', device_url: null, folder: null },
    ...{ source_token: null, credentials: null, offset: null, wanted: WANTED },
  });
  const model = (await store.requests.byId((await store.items.byId(seeded))!.request_id))!;
  const camera = (await store.items.byId(seeded))!.camera_id;
  const unit_id = model.unit_id;
  const person = await world.addAccount('an', [{ role: 'officer', unit_id }]);
  const { account } = (await store.people.accountByLogin('an'))!;
  await store.people.createAccount(
    { id: newId(), person_id: person.id, login: 'an-2', status: 'active', created_at_ms: NOW_MS },
    'no password opens this account',
    [{ role: 'approver', unit_id }],
  );
  await world.addAccount('binh', [{ role: 'approver', unit_id }]);
  await world.addAccount('xa', [{ role: 'approver', unit_id: ward.id }]);
  const id = newId();
  await store.requests.insert(
    {
      ...{ ...model, id, number: NUMBER, state: 'submitted' },
      ...{ requester_person_id: person.id, requester_account_id: account.id },
    },
    [
      {
        ...{ id: newId(), request_id: id, camera_id: camera, state: 'awaiting_decision', reason: null },
        ...{ attempts: 0, delivered_at_ms: null, updated_at_ms: NOW_MS, overwrite_at_ms: null },
      },
    ],
  );
}

const decide = (account: string, ...args: string[]) =>
  runForTest(['requests', 'decide', NUMBER, '--account', account, '--reason', 'Đúng hồ sơ', ...args], {
    MINHCHUNG_DATA_DIR: folder,
  });
const state = async () => (await world.store.requests.byNumber(NUMBER))!.state;
const text = ({ start_ms, end_ms }: Span) => `${formatVietnam(start_ms)} - ${formatVietnam(end_ms)}`;

describe('minhchung requests decide', () => {
  test('approves a part of the span, and says which', async () => {
    const { code, out, err } = await decide('binh', '--verdict', 'approved', '--part', text(PART));
    expect(code, err).toBe(0);
    expect(out).toContain(`Approved: ${NUMBER}`);
    expect(out).toContain(formatVietnam(PART.start_ms));
    const request = (await world.store.requests.byNumber(NUMBER))!;
    expect(await world.store.decisions.ofRequest(request.id)).toMatchObject([
      { verdict: 'approved', approved: PART },
    ]);
    expect(request.state).toBe('approved');
  });

  test('refuses a request, and tells a program', async () => {
    const refused = await decide('binh', '--verdict', 'refused', '--json');
    expect(refused.json()).toEqual({ number: NUMBER, verdict: 'refused', state: 'refused', part: null });
  });

  test.each([
    ['the requester under another account', 'an-2', 'SAME_PERSON'],
    ['the requester as officer', 'an', 'FORBIDDEN'],
    ['an approver of another ward', 'xa', 'FORBIDDEN_UNIT'],
  ])('lets %s decide nothing, and keeps the attempt in the trail', async (_, account, says) => {
    const { code, err } = await decide(account, '--verdict', 'approved');
    expect(code).not.toBe(0);
    expect(err).toContain(says);
    expect(await state()).toBe('submitted');
    expect((await trailOf(world.store))[0]).toMatchObject({ act: 'request.decide', outcome: 'denied' });
  });

  test('refuses a part that is not of the span, a time that is none, and a verdict that is none', async () => {
    const beyond = text({ start_ms: PART.start_ms, end_ms: WANTED.end_ms + 60_000 });
    expect((await decide('binh', '--verdict', 'approved', '--part', beyond)).err).toContain('APPROVED_PART');
    expect((await decide('binh', '--verdict', 'approved', '--part', 'hôm qua')).err).toContain(
      'TIME_INVALID',
    );
    expect((await decide('binh', '--verdict', 'maybe')).code).toBe(2);
    expect(await state()).toBe('submitted');
  });
});
