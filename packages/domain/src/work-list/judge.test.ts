import { describe, expect, it } from 'vitest';
import type { ClockOffsetEstimate } from '../clock-offset/estimate.ts';
import { type CameraEvidence, judgeTroubles, type RecorderEvidence, type WorkListRules } from './judge.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 22, 8);
const RULES: WorkListRules = {
  open_after_ms: 30 * MINUTE,
  mended_after_ms: 15 * MINUTE,
  clock_limit_ms: MINUTE,
  photo_valid_ms: 30 * DAY,
  confirmation_max_ms: 365 * DAY,
  attestation_valid_ms: 180 * DAY,
};

function camera(
  id: string,
  change: Partial<CameraEvidence> = {},
  state = 'online',
  reason = 'ok',
): CameraEvidence {
  const interval = { id, camera_id: id, state: state as 'online', reason, from_ms: NOW - DAY, until_ms: NOW };
  return { camera: { id, code: id, unit_id: 'W', reach: 'polled' }, intervals: [interval], ...change };
}

function offset(
  min_ms: number,
  max_ms: number,
  change: Partial<ClockOffsetEstimate> = {},
): ClockOffsetEstimate {
  return {
    ...{ epoch_from_ms: NOW - DAY, began_as: 'first', min_ms, max_ms, first_reading_ms: NOW - DAY },
    ...{ last_reading_ms: NOW - MINUTE, readings: 9, method: 'onvif_utc', ...change },
  };
}

function judge(evidence: Partial<RecorderEvidence>) {
  const recorder = { id: 'R', code: 'R', unit_id: 'W' };
  const all = { recorder, cameras: [], offset: null, clock_was_read: null, ...evidence };
  const judgements = judgeTroubles(all, RULES, NOW);
  return {
    opened: judgements.flatMap((one) => (one.act === 'open' ? [one.finding] : [])),
    closed: judgements.flatMap((one) =>
      one.act === 'close' ? [`${one.subject.kind} ${one.subject.subject_id}`] : [],
    ),
  };
}

describe('what belongs on the work list', () => {
  it('is one finding for a recorder that is away, however many cameras it has', () => {
    const cameras = ['A', 'B', 'C'].map((id) => camera(id, {}, 'offline', 'timeout'));
    const { opened } = judge({ cameras });
    expect(opened).toMatchObject([
      {
        kind: 'offline',
        subject_kind: 'recorder',
        subject_id: 'R',
        since_ms: NOW - DAY,
        details: { cameras: 3, reason: 'timeout' },
      },
    ]);
  });
  it('is one finding for each camera that is not recorded', () => {
    const cameras = [camera('A'), camera('B', {}, 'degraded', 'recording_stopped')];
    const { opened, closed } = judge({ cameras });
    expect(opened).toMatchObject([{ kind: 'not_recording', camera_id: 'B', subject_kind: 'camera' }]);
    expect(closed).toContain('offline R');
    expect(closed).toContain('not_recording A');
  });
  it('needs no patience with a refused password', () => {
    const fresh = {
      id: 'i',
      camera_id: 'A',
      state: 'refused',
      reason: 'credentials_refused',
      from_ms: NOW,
      until_ms: NOW,
    } as const;
    expect(judge({ cameras: [camera('A', { intervals: [fresh] })] }).opened).toMatchObject([
      { kind: 'credentials_refused' },
    ]);
  });
  it('holds a clock only when it is surely beyond the limit, and lets go when it is surely within', () => {
    expect(judge({ offset: offset(2_473_250, 2_473_350) }).opened).toMatchObject([
      { kind: 'clock_off', details: { min_ms: 2_473_250, suspicion: null } },
    ]);
    const straddling = judge({ offset: offset(59_000, 61_000) });
    expect([straddling.opened, straddling.closed.filter((one) => one.startsWith('clock_off'))]).toEqual([
      [],
      [],
    ]);
    expect(judge({ offset: offset(-100, 100) }).closed).toContain('clock_off R');
  });
  it.each([
    ['daylight_saving', 3_600_300],
    ['daylight_saving', -3_590_000],
    ['vietnam_time_as_utc', 7 * 3_600_000 + 20_000],
    ['other_zone', -5 * 3_600_000],
    ['reset', Date.UTC(2000, 0, 1) - NOW],
    [null, 2_473_300],
  ] as const)('suspects %s of a clock that is %i ms off', (suspicion, off_ms) => {
    const { opened } = judge({ offset: offset(off_ms - 50, off_ms + 50) });
    expect(opened[0]?.details.suspicion).toBe(suspicion);
  });
  it('asks for a reading by eye of a clock that cannot be read, and is content with one for a while', () => {
    expect(judge({ clock_was_read: false }).opened).toMatchObject([{ kind: 'clock_unreadable' }]);
    const photo = offset(0, 3000, { method: 'photo', last_reading_ms: NOW - DAY });
    expect(judge({ clock_was_read: false, offset: photo }).closed).toContain('clock_unreadable R');
    const old = offset(0, 3000, { method: 'photo', last_reading_ms: NOW - 31 * DAY });
    expect(judge({ clock_was_read: false, offset: old }).opened).toMatchObject([
      { kind: 'clock_unreadable' },
    ]);
    expect(judge({ clock_was_read: null }).opened).toEqual([]);
  });
  it('tells of a recorder that overwrites before the agreed days, and only of one that was seen to overwrite', () => {
    const held = (agreed_days: number | null, days: number | null) =>
      judge({
        cameras: [
          camera('A', {
            retention: {
              agreed_days,
              depth: days === null ? null : { min_ms: days * DAY, max_ms: days * DAY + MINUTE },
            },
          }),
        ],
      });
    expect(held(30, 6).opened).toMatchObject([
      { kind: 'retention_short', details: { agreed_days: 30, held_days: 6 } },
    ]);
    expect(held(30, null).opened).toEqual([]);
    expect(held(30, 31).closed).toContain('retention_short A');
    expect(held(null, 6).closed).toContain('retention_short A');
  });
  it('leaves retention as it is where the agreed days lie within what is known', () => {
    const depth = { min_ms: 29 * DAY, max_ms: 31 * DAY };
    const { opened, closed } = judge({ cameras: [camera('A', { retention: { agreed_days: 30, depth } })] });
    expect(opened).toEqual([]);
    expect(closed).not.toContain('retention_short A');
  });
  it('suspects nothing of a clock that is known too badly for it', () => {
    const { opened } = judge({ offset: offset(3_600_000 - 40_000, 3_600_000 + 40_000) });
    expect(opened).toMatchObject([{ kind: 'clock_off', details: { suspicion: null } }]);
  });
  it('has patience with a clock that was read a moment ago', () => {
    expect(judge({ clock_was_read: false, offset: offset(0, 50) }).opened).toEqual([]);
    const read_ms = NOW - RULES.open_after_ms;
    const long_ago = judge({ clock_was_read: false, offset: offset(0, 50, { last_reading_ms: read_ms }) });
    expect(long_ago.opened).toMatchObject([{ kind: 'clock_unreadable', since_ms: read_ms }]);
  });
  it('tells of a recorder since when its longest known camera has been away', () => {
    const away = (id: string, from_ms: number) =>
      camera(id, {
        intervals: [{ id, camera_id: id, state: 'offline', reason: 'timeout', from_ms, until_ms: NOW }],
      });
    const cameras = [away('A', NOW - 2 * DAY), away('B', NOW - 5 * DAY), away('C', NOW - DAY)];
    expect(judge({ cameras }).opened).toMatchObject([{ kind: 'offline', since_ms: NOW - 5 * DAY }]);
  });
  it('believes the word of a visit at once, and asks for another when it has aged', () => {
    const said = (state: string, reason: string) => {
      const interval = {
        id: 'w',
        camera_id: 'A',
        state: state as 'online',
        reason,
        from_ms: NOW - 5,
        until_ms: NOW,
      };
      const place = { id: 'A', code: 'A', unit_id: 'W', reach: 'owner_only' } as const;
      return judge({ cameras: [{ camera: place, intervals: [interval] }] });
    };
    expect(said('offline', 'attested_visit').opened).toMatchObject([{ kind: 'offline', camera_id: 'A' }]);
    expect(said('online', 'attested_owner').closed).toEqual(
      expect.arrayContaining(['offline A', 'attestation_old A']),
    );
    expect(said('unknown', 'attestation_old').opened).toMatchObject([{ kind: 'attestation_old' }]);
  });
  it('asks for the yearly confirmation of the owner when it is due', () => {
    const confirmed = (days_ago: number) =>
      judge({ cameras: [camera('A', { confirmed_at_ms: NOW - days_ago * DAY })] });
    expect(confirmed(366).opened).toMatchObject([{ kind: 'agreement_unconfirmed', since_ms: NOW - DAY }]);
    expect(confirmed(365).opened).toMatchObject([{ kind: 'agreement_unconfirmed', since_ms: NOW }]);
    expect(confirmed(10).closed).toContain('agreement_unconfirmed A');
  });
});
