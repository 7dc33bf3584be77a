import { join } from 'node:path';
import { type RecordedFootage, type RecordFootageOptions, recordFootage } from '../../src/index.ts';

/** True time at which the footage of these tests begins. */
export const START_MS = Date.UTC(2026, 10, 22, 1, 2, 3, 345);

/** Ten seconds of small video, cheap enough for every test file to record its own. */
export function smallFootage(
  folder: string,
  name: string,
  change: Partial<RecordFootageOptions> = {},
): Promise<RecordedFootage> {
  return recordFootage({
    directory: join(folder, name),
    camera_name: name,
    start_true_ms: START_MS,
    duration_ms: 10_000,
    width: 176,
    height: 144,
    ...change,
  });
}
