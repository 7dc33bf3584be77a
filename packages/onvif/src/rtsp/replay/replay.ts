import { setTimeout } from 'node:timers/promises';
import {
  CodedError,
  isCoded,
  type ReplayClient,
  type ReplayEvent,
  type TracksWanted,
} from '@minhchung/domain';
import { BrokenStream } from '../broken-stream.ts';
import { SessionBudget } from '../session/budget.ts';
import { ReadTimeout } from '../session/connection.ts';
import type { PlayingSession } from '../session/handshake.ts';
import { BusyRecorder } from '../session/requester.ts';
import { type FlowEnd, type FlowSettings, openConnection, runSession } from '../session/session-flow.ts';
import { createStreamMemory } from '../session/video-track.ts';
import { BeginsTooLate, ReplayProgress } from './progress.ts';
import { brokenOff, codedError, stalled } from './replay-errors.ts';

/** How often and how patiently a connection that broke is continued. */
export interface ResumeSettings {
  /** Attempts without anything new before it is given up; 0 for none. */
  readonly attempts_max: number;
  /** Before the first attempt; doubles with each, up to `pause_ms_max`. */
  readonly pause_ms: number;
  readonly pause_ms_max: number;
}

type ReplayRequest = Parameters<ReplayClient['replay']>[0];
type ReplaySettings = FlowSettings & { readonly resume: ResumeSettings };

/** After a BYE before the end, what follows is asked for twice: right behind it, and a little further on. */
const BYES_MAX = 2;
const PICTURES_ONLY: TracksWanted = { audio: false, metadata: false };

/** Plays a span, over as many connections as it takes. See the port. */
export async function* replay(
  request: ReplayRequest,
  signal: AbortSignal,
  settings: ReplaySettings,
): AsyncGenerator<ReplayEvent, void, void> {
  const run = new ReplayRun(request, signal, settings);
  try {
    for (;;) {
      yield* run.attempt();
      if (run.is_over) return;
      await run.pause();
    }
  } catch (error) {
    throw codedError(error, settings, signal);
  }
}

/** One replay with its attempts. */
class ReplayRun {
  readonly #request: ReplayRequest;
  readonly #signal: AbortSignal;
  readonly #settings: ReplaySettings;
  readonly #progress: ReplayProgress;
  readonly #budget: SessionBudget;
  readonly #memory = createStreamMemory();
  #session: PlayingSession | null = null;
  #is_playing = false;
  /** BYEs before the end in a row that brought nothing new but the first. */
  #byes = 0;
  /** The connection ended near the end without a word: what may be missing is asked for. */
  #is_checking = false;
  #failures = 0;
  is_over = false;

  constructor(request: ReplayRequest, signal: AbortSignal, settings: ReplaySettings) {
    const { start_ms, end_ms } = request.device_span;
    this.#request = request;
    this.#signal = signal;
    this.#settings = settings;
    this.#progress = new ReplayProgress(request.device_span);
    this.#budget = new SessionBudget(end_ms - start_ms);
  }

  /** One connection to its end. Throws what cannot be mended by another one, or was tried often enough. */
  async *attempt(): AsyncGenerator<ReplayEvent, void, void> {
    const progress = this.#progress;
    progress.new_units = 0;
    this.#is_playing = false;
    const flow: { end: FlowEnd | 'left' } = { end: 'left' };
    try {
      this.#signal.throwIfAborted();
      for await (const batch of this.#batches((how) => {
        flow.end = how;
        // A connection that only broke may have broken within a picture: it is asked for again, once.
        return how === 'bye' || (this.#is_checking && progress.may_be_over);
      })) {
        for (const event of batch) {
          for (const out of progress.take(event, this.#session!)) yield out;
          if (progress.new_units > 0) this.#failures = 0;
        }
        if (progress.is_beyond_end) break;
      }
      this.#conclude(flow.end);
    } catch (error) {
      this.#fail(error);
    }
  }

  async pause(): Promise<void> {
    const { pause_ms, pause_ms_max } = this.#settings.resume;
    if (this.#failures === 0) return;
    await setTimeout(Math.min(pause_ms_max, pause_ms * 2 ** (this.#failures - 1)), undefined, {
      signal: this.#signal,
    });
  }

  async *#batches(ended: (how: FlowEnd) => boolean) {
    const { uri, address, tracks = PICTURES_ONLY } = this.#request;
    const settings = this.#settings;
    const connection = await openConnection(uri, address, settings, this.#signal);
    const replay_span = this.#progress.nextSpan(this.#byes);
    yield* runSession(
      connection,
      { uri, address, tracks, replay_span },
      { settings, memory: this.#memory, budget: this.#budget },
      {
        begun: (session) => {
          this.#session = session;
          this.#is_playing = true;
          this.#progress.begin(session, this.#byes > 0);
        },
        ended,
      },
    );
  }

  /** A connection came to an end by itself: was that all? */
  #conclude(end: FlowEnd | 'left'): void {
    const progress = this.#progress;
    if (end === 'left' || (end === 'bye' && progress.is_at_end)) {
      this.is_over = true;
    } else if (end === 'bye') {
      // Recorders say BYE at the end of each stored file: what follows is asked for until nothing more comes.
      this.#byes = progress.new_units > 0 ? 1 : this.#byes + 1;
      this.is_over = !progress.has_begun || this.#byes > BYES_MAX;
    } else if (progress.may_be_over) {
      // Closed or silent near the end, without a word: what may be missing is asked for until nothing more comes. The
      // last picture, which no other follows, is one such; to wait out another silence for it would be too much.
      const most = end === 'silent' ? 1 : 0;
      this.is_over = this.#is_checking && progress.new_units <= most;
      this.#is_checking = true;
      this.#byes = 0;
    } else {
      this.#fail(end === 'closed' ? brokenOff(this.#settings.label) : stalled(this.#settings));
    }
  }

  /** Throws what another connection cannot mend; else counts it. */
  #fail(error: unknown): void {
    const progress = this.#progress;
    if (this.#signal.aborted || !this.#isPassing(error)) throw error;
    // After a BYE, to be told that there is nothing more is no failure.
    if (this.#byes > 0 && !this.#is_playing && error instanceof BrokenStream) {
      this.is_over = true;
      return;
    }
    if (progress.new_units > 0) this.#failures = 0;
    this.#failures += 1;
    if (this.#failures > this.#settings.resume.attempts_max) throw error;
    if (progress.new_units > 0) this.#byes = 0;
  }

  /** True for what the next connection may be spared. A replay that never began is the caller's to try again. */
  #isPassing(error: unknown): boolean {
    if (error instanceof BusyRecorder) return true;
    if (!this.#progress.has_begun && !this.#is_playing) return false;
    if (error instanceof BrokenStream || error instanceof ReadTimeout || error instanceof BeginsTooLate)
      return true;
    if (error instanceof CodedError) return isCoded(error, 'SOURCE_UNREACHABLE', 'SOURCE_STALLED');
    const { code } = error as NodeJS.ErrnoException;
    return code !== undefined && !code.startsWith('ERR_INVALID');
  }
}
