import type { TimeSource } from '@minhchung/domain';

/** The host's clock: true time, as far as the host keeps it. */
export const SYSTEM_TIME: TimeSource = { now_ms: () => Date.now() };
