import { expect, it } from 'vitest';
import type { PollReport, Store } from '../../src/index.ts';
import type { Contract } from './suite.ts';
import { box, camera, MINUTE, NOW, PAGE, RECORDER } from './world.ts';

const PERIOD = 5 * MINUTE;

/** Recorders 1 … n, each with a camera; recorder 1 is there already. */
async function recorders(store: Store, n: number): Promise<void> {
  for (let i = 1; i <= n; i += 1) {
    const id = `recorder-${i}`;
    if (i > 1) await store.recorders.create({ ...RECORDER, id, code: `R${i}` });
    await store.cameras.create(camera(i, { recorder_id: id }));
  }
}

const claimOf = (
  store: Store,
  owner: string,
  now_ms: number,
  limit = 100,
  networks: string[] | null = null,
) => store.polls.claim({ owner, networks, now_ms, lease_until_ms: now_ms + PERIOD, limit });

const answered = (recorder_id: string, lease_token: number, at_ms: number): PollReport => ({
  ...{ recorder_id, lease_token, at_ms, is_answered: true },
  ...{ due_at_ms: at_ms + PERIOD, failures_in_a_row: 0, refused_at_ms: null },
});

export const pollsContract: Contract = (subject) => {
  it('hands every due recorder to one of many claimers at once', async () => {
    const { store } = subject();
    await recorders(store, 40);
    const claims = await Promise.all(
      Array.from({ length: 8 }, (_, i) => claimOf(store, `poller-${i}`, NOW, 10)),
    );
    const taken = claims.flat().map(({ recorder }) => recorder.id);
    expect(new Set(taken).size).toBe(taken.length);
    const rest = await claimOf(store, 'poller-9', NOW);
    expect(new Set([...taken, ...rest.map(({ recorder }) => recorder.id)]).size).toBe(40);
    expect(taken.length + rest.length).toBe(40);
  });

  it('gives back what a dead poller held when its lease ends, not before, and refuses its late report', async () => {
    const { store } = subject();
    await recorders(store, 1);
    const [dead] = await claimOf(store, 'dead', NOW);
    expect(await claimOf(store, 'alive', NOW + PERIOD - 1)).toEqual([]);
    const [again] = await claimOf(store, 'alive', NOW + PERIOD);
    expect(again!.lease_token).toBeGreaterThan(dead!.lease_token);
    const late = answered('recorder-1', dead!.lease_token, NOW + PERIOD);
    expect(await store.polls.report('dead', [late])).toEqual(new Set());
    const stolen = answered('recorder-1', again!.lease_token, NOW + PERIOD);
    expect(await store.polls.report('dead', [stolen])).toEqual(new Set());
    expect(await store.polls.report('alive', [stolen])).toEqual(new Set(['recorder-1']));
    expect(await store.polls.report('alive', [stolen])).toEqual(new Set());
  });

  it('is due again when its report says so, and at once when somebody wants to know now', async () => {
    const { store } = subject();
    await recorders(store, 2);
    const [first, second] = await claimOf(store, 'a', NOW);
    await store.polls.report('a', [answered(first!.recorder.id, first!.lease_token, NOW + 1)]);
    expect(await claimOf(store, 'a', NOW + 2)).toEqual([]);
    expect(await store.polls.makeDue(['LAN'], NOW + 2)).toBe(1);
    const now = await claimOf(store, 'a', NOW + 2);
    expect(now.map(({ recorder }) => recorder.id)).toEqual([first!.recorder.id]);
    expect(now[0]).toMatchObject({ last_polled_at_ms: NOW + 1, last_answered_at_ms: NOW + 1 });
    expect(second!.last_polled_at_ms).toBeNull();
  });

  it('takes only what lies in the networks that are served, and only what is polled', async () => {
    const { store } = subject();
    await recorders(store, 3);
    await store.recorders.update({ ...RECORDER, id: 'recorder-2', code: 'R2', network_id: 'network-2' });
    await store.cameras.update(camera(3, { recorder_id: 'recorder-3', reach: 'owner_only' }));
    const ids = async (networks: string[] | null) =>
      (await claimOf(store, 'a', NOW, 100, networks)).map(({ recorder }) => recorder.id);
    expect(await ids(['BOX'])).toEqual(['recorder-2']);
    expect(await ids([])).toEqual([]);
    expect(await ids(null)).toEqual(['recorder-1']);
    await store.cameras.update(camera(3, { recorder_id: 'recorder-3' }));
    expect(await ids(null)).toEqual(['recorder-3']);
    await store.cameras.retire('camera-3', NOW);
    expect(await ids(null)).toEqual([]);
  });

  it('polls anew once credentials are set, and takes no report of the old ones', async () => {
    const { store } = subject();
    await recorders(store, 1);
    const [claimed] = await claimOf(store, 'a', NOW);
    const refused = { ...answered('recorder-1', claimed!.lease_token, NOW), refused_at_ms: NOW };
    await store.polls.report('a', [{ ...refused, is_answered: false, failures_in_a_row: 3 }]);
    await store.credentials.set('recorder-1', { username: 'a', password: 'b' }, box, NOW);
    const [anew] = await claimOf(store, 'a', NOW + 1);
    expect(anew).toMatchObject({ refused_at_ms: null, failures_in_a_row: 0, last_answered_at_ms: null });
    await store.credentials.set('recorder-1', { username: 'a', password: 'c' }, box, NOW);
    const late = answered('recorder-1', anew!.lease_token, NOW + 2);
    expect(await store.polls.report('a', [late])).toEqual(new Set());
  });

  it('carries a state on with the polls of its recorder, without writing it again', async () => {
    const { store } = subject();
    await recorders(store, 1);
    const poll = async (at_ms: number, seen?: 'online' | 'offline') => {
      const [claimed] = await claimOf(store, 'a', at_ms);
      const { lease_token, last_polled_at_ms } = claimed!;
      const state = { camera_id: 'camera-1', recorder_id: 'recorder-1', reason: 'x', at_ms } as const;
      await store.transaction(async (tx) => {
        await tx.polls.report('a', [answered('recorder-1', lease_token, at_ms)]);
        if (seen !== undefined) {
          await tx.observations.recordPolled({ ...state, last_polled_at_ms, state: seen });
        }
      });
    };
    await poll(NOW, 'online');
    await poll(NOW + PERIOD);
    await poll(NOW + 2 * PERIOD);
    const [online] = await store.observations.current(['camera-1']);
    expect(online).toMatchObject({ from_ms: NOW, until_ms: NOW + 2 * PERIOD });
    await poll(NOW + 3 * PERIOD, 'offline');
    await poll(NOW + 4 * PERIOD);
    const { rows } = await store.observations.history('camera-1', PAGE);
    expect(rows.map(({ state, from_ms, until_ms }) => [state, from_ms - NOW, until_ms - NOW])).toEqual([
      ['offline', 3 * PERIOD, 4 * PERIOD],
      ['online', 0, 2 * PERIOD],
    ]);
    const during = async (at_ms: number) =>
      (await store.observations.during(['camera-1'], { start_ms: at_ms, end_ms: at_ms + 1 })).map(
        ({ state }) => state,
      );
    expect(await during(NOW + 2 * PERIOD)).toEqual(['online']);
    expect(await during(NOW + 2 * PERIOD + 1)).toEqual([]);
    expect(await during(NOW + 4 * PERIOD)).toEqual(['offline']);
  });

  it('lets no recorder carry on the state of a camera that has left it', async () => {
    const { store } = subject();
    await recorders(store, 2);
    const at = (n: number) => NOW + n * PERIOD;
    const claimed = await claimOf(store, 'a', at(0));
    const seen = {
      camera_id: 'camera-1',
      recorder_id: 'recorder-1',
      state: 'online',
      reason: 'ok',
      last_polled_at_ms: null,
    } as const;
    await store.observations.recordPolled({ ...seen, at_ms: at(0) });
    const tokens = new Map(claimed.map(({ recorder, lease_token }) => [recorder.id, lease_token]));
    await store.polls.report('a', [answered('recorder-1', tokens.get('recorder-1')!, at(1))]);
    await store.cameras.update(camera(1, { recorder_id: 'recorder-2' }));
    for (const poll of await claimOf(store, 'a', at(3))) {
      await store.polls.report('a', [answered(poll.recorder.id, poll.lease_token, at(3))]);
    }
    expect(await store.observations.current(['camera-1'])).toMatchObject([{ until_ms: at(1) }]);
    expect(await store.observations.recordPolled({ ...seen, at_ms: at(4) })).toEqual({ changed: false });
    expect(await store.observations.current(['camera-1'])).toMatchObject([{ until_ms: at(1) }]);
  });

  it('carries what a recorder holds on with its answers, the newest footage at its distance', async () => {
    const { store } = subject();
    await recorders(store, 1);
    const coverage = {
      ...{ camera_id: 'camera-1', observed_at_ms: NOW },
      ...{ retained_from_device_ms: NOW - 1000, retained_to_device_ms: NOW - 10 },
    };
    await store.coverage.record(coverage, { recorder_id: 'recorder-1', grows: true });
    const [claimed] = await claimOf(store, 'a', NOW);
    await store.polls.report('a', [answered('recorder-1', claimed!.lease_token, NOW + 500)]);
    expect(await store.coverage.latest(['camera-1'])).toEqual([
      { ...coverage, observed_at_ms: NOW + 500, retained_to_device_ms: NOW + 490 },
    ]);
    expect((await store.coverage.history('camera-1', PAGE)).rows).toEqual([coverage]);
    await store.cameras.retire('camera-1', NOW + 600);
    const settled = await store.coverage.latest(['camera-1']);
    expect(settled[0]).toMatchObject({ observed_at_ms: NOW + 500, retained_to_device_ms: NOW + 490 });
  });

  it('begins a new interval where nobody looked for long, though the state is the same', async () => {
    const { store } = subject();
    await recorders(store, 1);
    const later = NOW + 7 * 60 * MINUTE;
    await store.observations.record('camera-1', 'online', 'ok', NOW);
    expect(await store.observations.record('camera-1', 'online', 'ok', later)).toEqual({ changed: false });
    const { rows } = await store.observations.history('camera-1', PAGE);
    expect(rows.map(({ from_ms, until_ms }) => [from_ms, until_ms])).toEqual([
      [later, later],
      [NOW, NOW],
    ]);
  });

  it('opens the accounts of many recorders, and says which it cannot', async () => {
    const { store } = subject();
    await recorders(store, 2);
    const account = { username: 'a', password: 'mật khẩu' };
    await store.credentials.set('recorder-1', account, box, NOW);
    await store.credentials.set('recorder-2', account, { ...box, seal: () => 'v1.broken' }, NOW);
    const opened = await store.credentials.openAll(['recorder-1', 'recorder-2', 'recorder-3'], box);
    expect([...opened.keys()].sort()).toEqual(['recorder-1', 'recorder-2']);
    expect(opened.get('recorder-1')).toEqual({ sealed_at_ms: NOW, credentials: account });
    expect(opened.get('recorder-2')?.credentials).toMatchObject({ code: 'SECRET_UNREADABLE' });
  });
};
