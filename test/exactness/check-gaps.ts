import { type Span, subtractSpans, uniteSpans } from '@minhchung/domain';
import type { Manifest } from '@minhchung/formats';
import type { Evidence } from './evidence.ts';
import { holesWithin } from './expected.ts';
import type { Checked, Truth } from './verdict.ts';

/** The longest a frame of the stage stands for: what lies that far after a frame may be called found. */
const FRAME_MS_MAX = 200;
/** Device times are rounded to milliseconds. */
const ROUNDING_MS = 2;

/**
 * The gaps stated are those planted and no others, the outcome follows from them, and no instant is claimed as found
 * that no frame stands for.
 */
export function checkGaps(evidence: Evidence, truth: Truth): Checked {
  const { manifest, state } = evidence;
  if (manifest === null) return checkNothing(evidence, truth);
  const gaps = manifest.gaps.map(({ start_ms, end_ms }) => ({ start_ms, end_ms }));
  const holes = holesWithin(truth.held, truth.wanted, manifest.hole_min_ms);
  const wrong: string[] = [];
  for (const hole of holes) {
    const surely = { start_ms: Math.min(hole.start_ms + FRAME_MS_MAX, hole.end_ms), end_ms: hole.end_ms };
    const claimed = subtractSpans([surely], gaps);
    if (claimed.length > 0) wrong.push(`${said(claimed)} is claimed as found and was never recorded`);
  }
  const reach_ms = 2 * truth.bound_ms_max + ROUNDING_MS;
  const excused = [...holes, ...truth.doubtful].map(({ start_ms, end_ms }) => ({
    start_ms: start_ms - reach_ms,
    end_ms: end_ms + reach_ms,
  }));
  const invented = subtractSpans(gaps, uniteSpans(excused));
  if (invented.length > 0) wrong.push(`${said(invented)} is called a gap and was recorded`);
  if (truth.doubtful.length === 0 && gaps.length !== holes.length) {
    wrong.push(`${gaps.length} gaps are stated, ${holes.length} were planted`);
  }
  const outcome = gaps.length === 0 ? 'archived' : 'partial';
  if (manifest.outcome !== outcome || state !== outcome) {
    wrong.push(`the outcome is ${manifest.outcome} and the item ${state} with ${gaps.length} gaps`);
  }
  wrong.push(...claimsTooMuch(manifest, evidence));
  return { wrong };
}

/** Nothing was delivered: right only where nothing was held. */
function checkNothing({ state, reason }: Evidence, { held, wanted }: Truth): Checked {
  const is_held = held.some(({ true_time_ms: at_ms }) => at_ms >= wanted.start_ms && at_ms < wanted.end_ms);
  const is_right = !is_held && state === 'no_footage';
  return { wrong: is_right ? [] : [`nothing was delivered: ${state}, ${reason}`] };
}

/** Found spans are made of frames: every instant in one lies within a hole's least length of a
 * frame of its search, or of the end of that frame's own time. */
function claimsTooMuch(manifest: Manifest, { masters }: Evidence): string[] {
  return manifest.found_spans.flatMap(({ search, device_start_ms, device_end_ms }) => {
    const shown = masters
      .filter(({ told }) => told.search === search)
      .flatMap(({ told, frames }) =>
        frames.map(({ shown_us }) => (told.first_frame_device_time_us + shown_us) / 1000),
      );
    const near = shown.map((at_ms) => ({
      start_ms: Math.floor(at_ms - manifest.hole_min_ms),
      end_ms: Math.ceil(at_ms + FRAME_MS_MAX + manifest.hole_min_ms),
    }));
    const bare = subtractSpans([{ start_ms: device_start_ms, end_ms: device_end_ms }], uniteSpans(near));
    return bare.length === 0 ? [] : [`${said(bare)} by the device's clock is called found without a frame`];
  });
}

function said(spans: readonly Span[]): string {
  return spans.map(({ start_ms, end_ms }) => `${start_ms}–${end_ms}`).join(', ');
}
