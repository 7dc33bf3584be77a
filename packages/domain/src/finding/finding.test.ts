import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CameraState } from '../vocabulary/network.ts';
import { destination } from './geodesy.ts';
import { type CameraFacts, type IncidentPlace, rankCameras } from './rank-cameras.ts';
import { placeInView } from './view-cone.ts';

const place = { latitude_deg: 19.807, longitude_deg: 105.776 };
const NOW = Date.UTC(2026, 10, 22, 8);
const HOUR = 3_600_000;
const incident: IncidentPlace = {
  position: place,
  span: { start_ms: NOW - 2 * HOUR, end_ms: NOW - HOUR },
  radius_m: 5,
};

/** A camera 30 m south of the incident, looking at it, well in every respect. */
function camera(id: string, change: Partial<CameraFacts> = {}): CameraFacts {
  return {
    id,
    position: destination(place, 180, 30),
    aim_point: place,
    field_of_view_deg: 60,
    range_m: 50,
    states: [{ state: 'online', span: { start_ms: 0, end_ms: NOW } }],
    state_now: 'online',
    held: { start_ms: NOW - 100 * HOUR, end_ms: NOW },
    overwrite_at_ms: NOW + 60 * HOUR,
    ...change,
  };
}

const states = (state: CameraState, from_ms = 0, to_ms = NOW) => [
  { state, span: { start_ms: from_ms, end_ms: to_ms } },
];

function ranked(change: Partial<CameraFacts>) {
  return rankCameras(incident, [camera('a', change)], NOW)[0]!;
}

describe('the view cone', () => {
  const view = { position: place, aim_point: destination(place, 90, 20), field_of_view_deg: 60, range_m: 50 };
  it.each([
    ['in the middle', 90, 30, 'inside'],
    ['just within the edge', 61, 30, 'inside'],
    ['just out of the edge', 59, 30, 'aside'],
    ['behind the camera', 270, 30, 'aside'],
    ['too far away', 90, 60, 'beyond'],
  ])('judges a place %s', (_what, direction, length, expected) => {
    expect(placeInView(view, destination(place, direction, length), 0)).toBe(expected);
  });
  it('reaches further when the incident does', () => {
    expect(placeInView(view, destination(place, 90, 60), 15)).toBe('inside');
    expect(placeInView(view, destination(place, 55, 30), 5)).toBe('inside');
    expect(placeInView(view, destination(place, 270, 4), 5)).toBe('inside');
  });
  it('is unknown until somebody turned it on the map', () => {
    expect(placeInView({ ...view, aim_point: null }, place, 0)).toBe('unknown');
  });
});

describe('a ranked camera', () => {
  it('says why it is good', () => {
    expect(ranked({})).toMatchObject({
      cone: 'inside',
      working_then: 'yes',
      footage: 'held',
      overwrite_in_ms: 60 * HOUR,
    });
    expect(ranked({}).distance_m).toBeCloseTo(30, 3);
  });
  it.each([
    ['offline then', { states: states('offline') }, { working_then: 'no' }],
    [
      'offline for a part',
      { states: [...states('online', 0, NOW - 1.5 * HOUR), ...states('offline', NOW - 1.5 * HOUR)] },
      { working_then: 'partly' },
    ],
    ['never polled then', { states: [] }, { working_then: 'unknown' }],
    [
      'refused then, which says nothing of recording',
      { states: states('refused') },
      { working_then: 'unknown' },
    ],
    [
      'polled with pauses',
      { states: [...states('online', 0, NOW - 1.6 * HOUR), ...states('online', NOW - 1.5 * HOUR)] },
      { working_then: 'yes' },
    ],
    ['overwritten', { held: { start_ms: NOW - HOUR, end_ms: NOW } }, { footage: 'overwritten', score: 0 }],
    ['half overwritten', { held: { start_ms: NOW - 1.5 * HOUR, end_ms: NOW } }, { footage: 'partly' }],
    ['being overwritten', { overwrite_at_ms: NOW - 1 }, { footage: 'partly', overwrite_in_ms: 0 }],
    ['not reachable now', { state_now: 'offline' }, { footage: 'offline' }],
    ['never asked', { held: null, overwrite_at_ms: null }, { footage: 'unknown', overwrite_in_ms: null }],
    [
      'asked before the incident only',
      { held: { start_ms: 0, end_ms: NOW - 3 * HOUR } },
      { footage: 'unknown' },
    ],
  ] as [string, Partial<CameraFacts>, object][])('%s is explained as such', (_what, change, expected) => {
    expect(ranked(change)).toMatchObject(expected);
  });
  it.each([
    ['further away', { position: destination(place, 180, 45) }],
    ['looking elsewhere', { aim_point: destination(place, 180, 60) }],
    ['of unknown view', { aim_point: null, range_m: 50 }],
    ['not working then', { states: states('offline') }],
    ['not reachable now', { state_now: 'offline' as const }],
  ])('comes after a good one when it is %s', (_what, change) => {
    const list = rankCameras(incident, [camera('a', change), camera('z')], NOW);
    expect(list.map(({ id }) => id)).toEqual(['z', 'a']);
  });
});

describe('the ranking', () => {
  const anyCamera = fc.record({
    direction: fc.integer({ min: 0, max: 359 }),
    length: fc.integer({ min: 0, max: 900 }),
    looks: fc.integer({ min: 0, max: 359 }),
    state: fc.constantFrom<CameraState>('online', 'offline', 'unknown'),
    held_h: fc.option(fc.integer({ min: 0, max: 50 })),
  });
  it('holds every camera once, in an order that does not depend on how they came', () => {
    fc.assert(
      fc.property(
        fc.array(anyCamera, { maxLength: 12 }),
        fc.array(fc.nat(), { maxLength: 12 }),
        (list, shuffle) => {
          const cameras = list.map((facts, i) => {
            const position = destination(place, facts.direction, facts.length);
            return camera(`c${i}`, {
              position,
              aim_point: destination(position, facts.looks, 20),
              state_now: facts.state,
              held: facts.held_h === null ? null : { start_ms: NOW - facts.held_h * HOUR, end_ms: NOW },
            });
          });
          const mixed = [...cameras].sort(
            (a, b) => (shuffle[Number(a.id.slice(1))] ?? 0) - (shuffle[Number(b.id.slice(1))] ?? 0),
          );
          const result = rankCameras(incident, cameras, NOW);
          expect(rankCameras(incident, mixed, NOW)).toEqual(result);
          expect(new Set(result.map(({ id }) => id)).size).toBe(cameras.length);
          for (const { score } of result) expect(score >= 0 && score <= 1).toBe(true);
        },
      ),
    );
  });
});
