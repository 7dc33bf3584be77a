/** The sample package as it looks when the recorder's clock was set forward by an hour. */
import type { ManifestInput, SearchInput } from '@minhchung/evidence';
import { sampleMasterInput } from '@minhchung/evidence/testing';

const STEP_MS = 3_600_000;
const FRAME_US = 40_000;

/** Set in the middle of the approved span, at a known moment: one search for each half. */
export function setWithin(input: ManifestInput): ManifestInput {
  const { start_ms, end_ms } = input.approved_span;
  const middle_ms = (start_ms + end_ms) / 2;
  const [before, after] = twoOffsets(input);
  return withMasters(input, [
    searching({ ...before, approved_part: { start_ms, end_ms: middle_ms } }),
    searching({ ...after, approved_part: { start_ms: middle_ms, end_ms } }),
  ]);
}

/** Set at an unknown moment: two alternatives for the whole approved span, both with footage. */
export function setAnytime(input: ManifestInput): ManifestInput {
  return withMasters(input, twoOffsets(input).map(asAlternative));
}

/** The same, but under the second alternative the recorder holds nothing. */
export function setAnytimeHalfHeld(input: ManifestInput): ManifestInput {
  const [before, after] = twoOffsets(input).map(asAlternative) as [SearchInput, SearchInput];
  return { ...input, searches: [before, { ...after, found_device_spans: [] }] };
}

function twoOffsets(input: ManifestInput): [SearchInput, SearchInput] {
  const before = input.searches[0]!;
  const after = {
    ...before,
    offset_min_ms: before.offset_min_ms! + STEP_MS,
    offset_max_ms: before.offset_max_ms! + STEP_MS,
    found_device_spans: before.found_device_spans.map(({ start_ms, end_ms }) => ({
      start_ms: start_ms + STEP_MS,
      end_ms: end_ms + STEP_MS,
    })),
  };
  return [before, after];
}

function asAlternative(search: SearchInput): SearchInput {
  return searching({ ...search, basis: 'step_within' });
}

/** With the device span its approved part and offset demand. */
function searching(search: SearchInput): SearchInput {
  const { approved_part, offset_min_ms, offset_max_ms } = search;
  const start_ms = approved_part.start_ms + offset_min_ms!;
  return { ...search, device_span: { start_ms, end_ms: approved_part.end_ms + offset_max_ms! } };
}

/** A master for each of two searches, with the same video an hour apart. */
function withMasters(input: ManifestInput, searches: readonly SearchInput[]): ManifestInput {
  const { name, size_bytes, sha256, codec, width, height, timescale, ...master } = input.masters[0]!;
  const masters = searches.map(({ device_span }, search) => {
    const first_us = master.first_frame_device_time_us + search * STEP_MS * 1000;
    const frame_times_us = Array.from({ length: master.frame_count }, (_, n) => first_us + n * FRAME_US);
    const same = { size_bytes, sha256, codec, width, height, timescale, frame_times_us };
    return sampleMasterInput({ ...same, name: name.replace('1', String(search + 1)) }, search, device_span);
  });
  return { ...input, searches, masters };
}
