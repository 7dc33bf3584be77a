import { createHash } from 'node:crypto';
import { type FootageEvent, leadIn_ms, type Span, startBounds } from '@minhchung/domain';
import { CountedTimes } from './counted-times.ts';
import { BEYOND_END_MS } from './limits.ts';
import type { ReadContext } from './read-context.ts';
import { checkSaysNothing } from './searching.ts';
import { timesDisagree } from './timed-event.ts';
import { NothingPlayed } from './vendor-plays.ts';

/**
 * Reads a span from a device that sends no times: one play, counted over RTP time from what was asked, and then two
 * short ones, near its beginning and its end, which must begin with pictures that were counted as of the time these
 * were asked for. Throws `PLAYBACK_TIMES_DISAGREE` where they do not: something is missing in between, and nobody
 * knows where.
 */
export async function* readCounted(
  context: ReadContext,
  asked: Span,
  wanted: Span,
  signal: AbortSignal,
): AsyncGenerator<FootageEvent> {
  const { plays, finding, joined, tracks } = context;
  const { low_ms } = startBounds(finding.start_rule, finding.keyframe_interval_ms);
  const times = new CountedTimes(plays.label, asked.start_ms + low_ms, finding.keyframe_interval_ms, (data) =>
    createHash('sha256').update(data).digest('base64'),
  );
  const stop_after_ms = asked.end_ms - asked.start_ms + 2 * leadIn_ms(finding);
  const stop_us = (wanted.end_ms + BEYOND_END_MS) * 1_000;
  joined.begin();
  try {
    for await (const event of plays.play(asked, signal, { ...(tracks && { tracks }), stop_after_ms })) {
      for (const timed of times.push(event)) {
        if (timed.type !== 'unit' || timed.unit.device_time_us < stop_us) yield* joined.push(timed);
      }
    }
  } catch (error) {
    if (!(error instanceof NothingPlayed)) throw error;
    checkSaysNothing(context, error.answer);
    throw timesDisagree(
      plays.label,
      'không có hình ở đầu khoảng cần lấy, nên không đếm được',
      'there is nothing at the beginning of the span to count from',
    );
  }
  for (const at_ms of anchors(wanted)) await checkAnchor(context, times, at_ms, asked, signal);
}

/** Where counting is checked: at the wanted beginning, and in the last second of the wanted end. */
function anchors({ start_ms, end_ms }: Span): number[] {
  const [first_ms, last_ms] = [start_ms, end_ms - 1_000].map((ms) => Math.floor(ms / 1_000) * 1_000);
  return last_ms! > first_ms! ? [first_ms!, last_ms!] : [first_ms!];
}

async function checkAnchor(
  context: ReadContext,
  times: CountedTimes,
  at_ms: number,
  asked: Span,
  signal: AbortSignal,
): Promise<void> {
  const { plays, finding } = context;
  const { low_ms, high_ms } = startBounds(finding.start_rule, finding.keyframe_interval_ms);
  const found = await plays.first({ start_ms: at_ms, end_ms: asked.end_ms }, signal);
  if ('nothing' in found) return checkSaysNothing(context, found.nothing);
  // Counted times are the earliest that are possible: as much as the beginning is uncertain before the true ones.
  times.check(found.picture.data, at_ms, { before: -low_ms + (high_ms - low_ms), after: high_ms });
}
