import type { DisplayClockInput } from '@minhchung/evidence';
import { SAMPLE_OFFSET } from '@minhchung/evidence/testing';

/** A clock in the picture of the sample package, an hour ahead of its recorder's. */
export const DISPLAY = {
  id: 'clock-0002',
  name: 'Giờ hiện trên hình',
  kind: 'camera',
  method: 'photo',
  reading_count: 1,
  offset_min_ms: SAMPLE_OFFSET.min_ms + 3_600_000,
  offset_max_ms: SAMPLE_OFFSET.max_ms + 3_601_000,
  basis: 'measured_before',
  measured_at_ms: 1_700_000_000_000,
} as const satisfies DisplayClockInput;
