/**
 * A clock that was set back makes a recorder hold two stretches of footage under the same device times. A source
 * gives both, one after the other: this tells them apart, so that no frame goes out under the offset of the other.
 */
import {
  CodedError,
  type FootageEvent,
  type FootageSource,
  type Span,
  type TracksWanted,
} from '@minhchung/domain';
import type { Search } from './searches.ts';

/** Farther than this a search is not widened to see how its footage goes on: that would read hours for a hint. */
const LOOK_AROUND_MS_MAX = 10 * 60_000;

/** Frames of one pass without a break between them, device time. */
interface Stretch {
  readonly first_ms: number;
  last_ms: number;
}

/** What is read, and how. */
export interface ReadContext {
  readonly source: FootageSource;
  /** What is read beside the pictures; for a look at the order of frames, nothing is. */
  readonly tracks: TracksWanted;
  readonly gap_min_ms: number;
  readonly signal: AbortSignal;
}

/** What belongs to a search, and whether that is sure. */
export interface OwnPass {
  readonly events: AsyncIterable<FootageEvent>;
  readonly is_sure: boolean;
}

/**
 * The footage of a search without what the recorder holds of another side of a set-back. Footage is read twice where
 * the clock was set back nearby, once to look; where its order shows nothing, all of it is given and called unsure.
 */
export async function readOwnPass(
  search: Search,
  { source, tracks, gap_min_ms, signal }: ReadContext,
): Promise<OwnPass> {
  if (search.earlier_side === null && search.later_side === null) {
    return { events: source.read(search.device_span, signal, tracks), is_sure: true };
  }
  const looked_at = lookAround(search, gap_min_ms);
  const passes = await surveyPasses(source.read(looked_at, signal), gap_min_ms, signal);
  const own = ownPass(search, passes);
  if (own === null) return { events: source.read(search.device_span, signal, tracks), is_sure: false };
  return { events: onlyPass(source.read(looked_at, signal, tracks), own), is_sure: true };
}

/** Which pass is the search's own; null: that cannot be told. */
function ownPass(search: Search, passes: readonly (readonly Stretch[])[]): number | null {
  const { earlier_side, later_side } = search;
  const sides = [earlier_side, later_side].filter((side) => side !== null);
  if (passes.length === 1 + sides.length) return earlier_side === null ? 0 : 1;
  // What runs on, without a break, from times that no other side can have, is of this side.
  const own_from_ms = earlier_side?.overlap.end_ms ?? Number.NEGATIVE_INFINITY;
  const own_to_ms = later_side?.overlap.start_ms ?? Number.POSITIVE_INFINITY;
  const isOwn = ({ first_ms, last_ms }: Stretch) =>
    Math.max(first_ms, own_from_ms) < Math.min(last_ms, own_to_ms);
  return passes.length <= 1 && passes.flat().every(isOwn) ? 0 : null;
}

/**
 * The searched span and, where that is near, all times that two sides can have: only so the order shows. Recorders
 * besides tell of a track's holdings as if it could not hold two things at once, and need to be asked for the
 * beginning of both.
 */
function lookAround({ device_span, earlier_side, later_side }: Search, gap_min_ms: number): Span {
  let { start_ms, end_ms } = device_span;
  for (const side of [earlier_side, later_side]) {
    if (side === null) continue;
    const from_ms = side.overlap.start_ms - gap_min_ms;
    const to_ms = side.overlap.end_ms + gap_min_ms;
    if (device_span.start_ms - from_ms <= LOOK_AROUND_MS_MAX) start_ms = Math.min(start_ms, from_ms);
    if (to_ms - device_span.end_ms <= LOOK_AROUND_MS_MAX) end_ms = Math.max(end_ms, to_ms);
  }
  return { start_ms, end_ms };
}

async function surveyPasses(
  events: AsyncIterable<FootageEvent>,
  gap_min_ms: number,
  signal: AbortSignal,
): Promise<Stretch[][]> {
  const passes: Stretch[][] = [];
  const count = passCounter();
  let is_broken = true;
  for await (const event of events) {
    if (signal.aborted) throw new CodedError('CANCELLED');
    if (event.type === 'discontinuity') is_broken = true;
    if (event.type !== 'packet') continue;
    const time_ms = event.packet.device_time_us / 1000;
    const pass = count(event);
    passes[pass] ??= [];
    const last = passes[pass].at(-1);
    if (last === undefined || is_broken || time_ms - last.last_ms > gap_min_ms) {
      passes[pass].push({ first_ms: time_ms, last_ms: time_ms });
    } else {
      last.last_ms = Math.max(last.last_ms, time_ms);
    }
    is_broken = false;
  }
  return passes;
}

async function* onlyPass(events: AsyncIterable<FootageEvent>, own: number): AsyncGenerator<FootageEvent> {
  const count = passCounter();
  for await (const event of events) {
    const pass = count(event);
    if (pass > own) return;
    // The descriptions of the streams hold for every pass.
    if (pass === own || event.type === 'stream' || event.type === 'audio_stream') yield event;
  }
}

/** Tells in which pass an event lies, from 0: a keyframe not later than a frame before it begins another one. */
function passCounter(): (event: FootageEvent) => number {
  let pass = 0;
  let newest_us = Number.NEGATIVE_INFINITY;
  return (event) => {
    if (event.type !== 'packet') return pass;
    const { device_time_us, is_keyframe } = event.packet;
    const steps_back = is_keyframe && device_time_us <= newest_us;
    if (steps_back) pass += 1;
    newest_us = steps_back ? device_time_us : Math.max(newest_us, device_time_us);
    return pass;
  };
}
