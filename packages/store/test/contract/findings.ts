import type { NewFinding } from '@minhchung/domain';
import { expect, it } from 'vitest';
import type { Contract } from './suite.ts';
import { camera, MINUTE, NOW, PAGE } from './world.ts';

const OFFLINE: NewFinding = {
  kind: 'offline',
  subject_kind: 'recorder',
  subject_id: 'recorder-1',
  camera_id: null,
  recorder_id: 'recorder-1',
  unit_id: 'ward-1',
  since_ms: NOW - 30 * MINUTE,
  details: { reason: 'timeout', cameras: 4 },
};

export const findingsContract: Contract = (subject) => {
  it('keeps one open finding of a kind and subject, with its earliest beginning and newest details', async () => {
    const { store } = subject();
    expect(await store.findings.open(OFFLINE, NOW)).toEqual({ is_new: true });
    const again = { ...OFFLINE, since_ms: NOW, details: { reason: 'no_route' } };
    expect(await store.findings.open(again, NOW + MINUTE)).toEqual({ is_new: false });
    const [row, ...others] = (await store.findings.list({}, PAGE)).rows;
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      since_ms: OFFLINE.since_ms,
      opened_at_ms: NOW,
      details: { reason: 'no_route' },
    });
  });

  it('opens a new finding after the old one was closed, and keeps both', async () => {
    const { store } = subject();
    await store.findings.open(OFFLINE, NOW);
    expect(await store.findings.close(OFFLINE, NOW + MINUTE, 'poller')).toBe(true);
    expect(await store.findings.close(OFFLINE, NOW + MINUTE, 'poller')).toBe(false);
    expect(await store.findings.open(OFFLINE, NOW + 2 * MINUTE)).toEqual({ is_new: true });
    const history = (await store.findings.history('recorder-1', PAGE)).rows;
    expect(history.map(({ closed_by }) => closed_by)).toEqual([null, 'poller']);
    expect(await store.findings.openOf(['recorder-1', 'recorder-2'])).toEqual([history[0]]);
    expect((await store.findings.recordersWithOpen(PAGE)).rows).toEqual(['recorder-1']);
  });

  it('lists by unit, kind and age, the oldest trouble first, and leaves out what sleeps', async () => {
    const { store } = subject();
    await store.cameras.create(camera(1));
    const of_camera = { subject_kind: 'camera', subject_id: 'camera-1', camera_id: 'camera-1' } as const;
    await store.findings.open({ ...OFFLINE, ...of_camera, kind: 'not_recording', since_ms: NOW }, NOW);
    await store.findings.open(OFFLINE, NOW);
    await store.findings.open({ ...OFFLINE, kind: 'clock_off', unit_id: 'ward-2' }, NOW);
    const kinds = async (filter: Parameters<typeof store.findings.list>[0]) =>
      (await store.findings.list(filter, PAGE)).rows.map(({ kind }) => kind);
    expect((await kinds({ unit_ids: ['ward-1'] })).at(-1)).toBe('not_recording');
    expect(await kinds({ unit_ids: ['ward-2'] })).toEqual(['clock_off']);
    expect(await kinds({ kind: 'offline' })).toEqual(['offline']);
    expect(await kinds({ camera_id: 'camera-1' })).toEqual(['not_recording']);
    expect((await kinds({ since_before_ms: NOW - 1 })).sort()).toEqual(['clock_off', 'offline']);
    const { rows } = await store.findings.list({ kind: 'offline' }, PAGE);
    await store.findings.snooze(rows[0]!.id, NOW + 60 * MINUTE);
    expect(await kinds({ awake_at_ms: NOW, unit_ids: ['ward-1'] })).toEqual(['not_recording']);
    expect(await kinds({ awake_at_ms: NOW + 60 * MINUTE, unit_ids: ['ward-1'] })).toHaveLength(2);
  });

  it('remembers who looks after a finding and what was noted, until it is closed', async () => {
    const { store } = subject();
    await store.findings.open(OFFLINE, NOW);
    const [row] = (await store.findings.list({}, PAGE)).rows;
    expect(await store.findings.assign(row!.id, 'person-1')).toBe(true);
    const note = { finding_id: row!.id, at_ms: NOW, person_id: 'person-1' } as const;
    await store.findings.addNote({ ...note, act: 'noted', text: 'mất điện' });
    expect(await store.findings.notesOf(row!.id)).toMatchObject([
      { ...note, act: 'noted', text: 'mất điện' },
    ]);
    expect(await store.findings.byId(row!.id)).toMatchObject({ assigned_person_id: 'person-1' });
    await store.findings.close(OFFLINE, NOW, 'person-1');
    expect(await store.findings.assign(row!.id, null)).toBe(false);
  });

  it('keeps one open finding when two pollers find the same trouble at once', async () => {
    const { store } = subject();
    await Promise.all(Array.from({ length: 8 }, () => store.findings.open(OFFLINE, NOW)));
    expect((await store.findings.list({}, PAGE)).rows).toHaveLength(1);
  });
};
