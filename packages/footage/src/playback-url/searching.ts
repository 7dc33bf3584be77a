import { CodedError, type PlaybackFinding, type Span } from '@minhchung/domain';
import { CONTROL_BACK_MS, CONTROL_SPAN_MS, SEARCH_STEP_MS_MIN, SEARCH_STEPS_MAX } from './limits.ts';
import type { VendorPlays } from './vendor-plays.ts';

/** What decides what a silent recorder means. */
export interface SearchContext {
  readonly plays: VendorPlays;
  readonly finding: PlaybackFinding;
  readonly device_now_ms: number;
}

/** How far the next question lies behind one that was answered with nothing. */
export function searchStep_ms({ start_ms, end_ms }: Span): number {
  return Math.max(SEARCH_STEP_MS_MIN, Math.ceil((end_ms - start_ms) / SEARCH_STEPS_MAX));
}

/**
 * The first instant within the span from which the device plays something; null where it says of all of it that it
 * holds nothing. Throws `PLAYBACK_NOTHING_CAME` where it plays nothing without saying that.
 */
export async function firstPlayable(
  context: SearchContext,
  device_span: Span,
  signal: AbortSignal,
): Promise<number | null> {
  const step_ms = searchStep_ms(device_span);
  for (let at_ms = device_span.start_ms; at_ms < device_span.end_ms; at_ms += step_ms) {
    const found = await context.plays.first({ start_ms: at_ms, end_ms: device_span.end_ms }, signal);
    if ('picture' in found) return at_ms;
    checkSaysNothing(context, found.nothing);
  }
  return null;
}

/**
 * "Nothing came" is not yet "it holds nothing": the answer must be the very one that the device gave when it was
 * calibrated, of a time that it could not hold. Throws `PLAYBACK_NOTHING_CAME`.
 */
export function checkSaysNothing({ plays, finding }: SearchContext, answer: string): void {
  if (finding.nothing_answer === answer) return;
  throw nothingCame(plays.label, `trả lời "${answer}"`, `it answers "${answer}"`);
}

/**
 * A channel that does not exist is answered like a time that is not held. So the channel is asked for what it must
 * hold when it works at all: minutes ago. Throws `PLAYBACK_NOTHING_CAME` where that fails too.
 */
export async function checkChannelPlays(context: SearchContext, signal: AbortSignal): Promise<void> {
  const { plays, device_now_ms } = context;
  const start_ms = device_now_ms - CONTROL_BACK_MS;
  const found = await plays.first({ start_ms, end_ms: start_ms + CONTROL_SPAN_MS }, signal);
  if ('picture' in found) return;
  throw nothingCame(
    plays.label,
    'kênh này cũng không phát hình vừa ghi',
    'this channel does not play what was just recorded either',
  );
}

function nothingCame(address: string, reason_vi: string, reason: string): CodedError {
  return new CodedError('PLAYBACK_NOTHING_CAME', { address, reason_vi, reason });
}
