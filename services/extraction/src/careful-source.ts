import {
  CodedError,
  type FootageEvent,
  type FootageSource,
  type ItemReason,
  isCoded,
  type Span,
} from '@minhchung/domain';
import { reasonOf } from './failure.ts';
import { createPace, type PaceLimits } from './pace.ts';

/** What a source could not give, device time. */
export interface Unread {
  readonly span: Span;
  readonly reason: ItemReason;
}

/** A source that is held to a pace and, at an item's last try, does not take with it what it has already given. */
export interface CarefulSource extends FootageSource {
  /** What broke off, in order; empty unless it was kept. */
  unread(): readonly Unread[];
  /** The fault that was kept first; null: none. */
  fault(): CodedError | null;
}

export interface Care extends PaceLimits {
  /** True for a fault after which what came before is kept and the rest counts as missing. */
  readonly keeps: (error: CodedError) => boolean;
}

/**
 * Wraps a source: one that sends too little (`SOURCE_TOO_SLOW`), or is still at it when the time for the item is over
 * (`ITEM_DEADLINE`), is broken off. A fault that `keeps` accepts ends the footage there instead of the extraction:
 * what was read so far is cut, and what was not is told by `unread`.
 */
export function createCarefulSource(source: FootageSource, care: Care): CarefulSource {
  const unread: Unread[] = [];
  let fault: CodedError | null = null;
  let has_given = false;
  const pace = createPace(care);

  function keep(span: Span, from_ms: number, error: unknown): void {
    if (!isCoded(error) || !care.keeps(error)) throw error;
    fault ??= error;
    const start_ms = Math.max(span.start_ms, Math.min(from_ms, span.end_ms - 1));
    unread.push({ span: { start_ms, end_ms: span.end_ms }, reason: reasonOf(error) });
  }

  async function* read(
    span: Span,
    signal: AbortSignal,
    ...rest: [tracks?: Parameters<FootageSource['read']>[2]]
  ): AsyncGenerator<FootageEvent> {
    const breaking_off = new AbortController();
    const both = AbortSignal.any([signal, breaking_off.signal]);
    const events = source.read(span, both, ...rest)[Symbol.asyncIterator]();
    let reached_ms = span.start_ms;
    try {
      for (;;) {
        const next = await pace.wait(() => events.next(), signal);
        if (next.done === true) return;
        if (next.value.type === 'packet') {
          has_given = true;
          const time_us = next.value.packet.device_time_us;
          reached_ms = Math.ceil(time_us / 1000);
          pace.saw(time_us);
        }
        yield next.value;
      }
    } catch (error) {
      if (signal.aborted || !has_given) throw error;
      keep(span, reached_ms, error);
    } finally {
      breaking_off.abort(new CodedError('CANCELLED'));
      // A source that hears of no signal must not hold the worker: what it still does is thrown away.
      void events.return?.().catch(() => undefined);
    }
  }

  return {
    kind: source.kind,
    time_resolution_ms: source.time_resolution_ms,
    read,
    async holdings(span, signal) {
      try {
        return await pace.wait(() => source.holdings(span, signal), signal);
      } catch (error) {
        if (signal.aborted || !has_given) throw error;
        keep(span, span.start_ms, error);
        return { spans: [], retained: null };
      }
    },
    origin: () => source.origin(),
    async close() {
      pace.close();
      await source.close();
    },
    unread: () => unread,
    fault: () => fault,
  };
}
