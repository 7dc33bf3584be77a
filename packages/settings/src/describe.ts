import { allOptions, at } from './check.ts';
import type { Settings } from './schema.ts';

/** One option as `doctor` and a log line show it. */
export interface DescribedOption {
  readonly option: string;
  readonly value: string;
}

/** Every option with its value, in the order of the defaults. Safe to show: secrets are only named by file. */
export function describeSettings(settings: Settings): DescribedOption[] {
  return allOptions().map((option) => ({ option, value: JSON.stringify(at(settings, option)) }));
}
