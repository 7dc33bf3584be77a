import type { TimeSource } from '@minhchung/domain';

/** The host's clock: the one place where the product asks it. */
export const SYSTEM_TIME: TimeSource = { now_ms: () => Date.now() };
