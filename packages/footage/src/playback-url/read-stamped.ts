import { type FootageEvent, leadIn_ms, type Span } from '@minhchung/domain';
import { ASKS_MAX, BEGINS_EARLY_MS_MAX, BEYOND_END_MS } from './limits.ts';
import type { ReadContext } from './read-context.ts';
import { checkSaysNothing, searchStep_ms } from './searching.ts';
import { StampedTimes } from './stamped-times.ts';
import { timesDisagree } from './timed-event.ts';
import { NothingPlayed } from './vendor-plays.ts';

/**
 * Reads a span by the times that come with its pictures. Devices end a play at the border of a file, at a hole, or
 * wherever they like: it is asked on from the last picture, in growing distance where nothing comes, until the wanted
 * end.
 */
export async function* readStamped(
  context: ReadContext,
  asked: Span,
  wanted: Span,
  signal: AbortSignal,
): AsyncGenerator<FootageEvent> {
  const { joined } = context;
  const step_ms = searchStep_ms(asked);
  let from_ms = asked.start_ms;
  for (let asks = 0; asks < ASKS_MAX && from_ms < wanted.end_ms; asks += 1) {
    const before_us = joined.newest_us;
    const is_over = yield* playOnce(context, { start_ms: from_ms, end_ms: asked.end_ms }, wanted, signal);
    if (is_over) return;
    const is_further = joined.newest_us > before_us;
    const newest_ms = Math.floor(joined.newest_us / 1_000_000) * 1_000;
    from_ms = is_further && newest_ms > from_ms ? newest_ms : from_ms + step_ms;
  }
}

/** One play. True: it went beyond the wanted end. */
async function* playOnce(
  context: ReadContext,
  asked: Span,
  wanted: Span,
  signal: AbortSignal,
): AsyncGenerator<FootageEvent, boolean> {
  const { plays, finding, joined, tracks } = context;
  const times = new StampedTimes(plays.label, finding);
  const stop_after_ms = asked.end_ms - asked.start_ms + 2 * leadIn_ms(finding);
  const stop_us = (wanted.end_ms + BEYOND_END_MS) * 1_000;
  joined.begin();
  let is_first = true;
  try {
    for await (const event of plays.play(asked, signal, { ...(tracks && { tracks }), stop_after_ms })) {
      for (const timed of times.push(event)) {
        if (timed.type === 'unit') {
          if (is_first) checkBeginning(context, timed.unit.device_time_us, asked);
          is_first = false;
          if (timed.unit.device_time_us >= stop_us) return true;
        }
        yield* joined.push(timed);
      }
    }
    times.end();
  } catch (error) {
    if (!(error instanceof NothingPlayed)) throw error;
    checkSaysNothing(context, error.answer);
  }
  yield* joined.end();
  // Up to the end but for the last picture's own time.
  return joined.newest_us >= (wanted.end_ms + BEYOND_END_MS / 2) * 1_000;
}

/** A device that ignores the asked start plays from its oldest day: nobody is to read days of others' footage. */
function checkBeginning({ plays, finding }: ReadContext, first_us: number, asked: Span): void {
  const early_ms = asked.start_ms - first_us / 1_000;
  if (early_ms <= Math.max(BEGINS_EARLY_MS_MAX, 2 * finding.keyframe_interval_ms)) return;
  const early_s = Math.round(early_ms / 1_000);
  throw timesDisagree(
    plays.label,
    `hình đầu tiên sớm hơn lúc hỏi ${early_s} giây`,
    `its first picture is ${early_s} s before what was asked`,
  );
}
