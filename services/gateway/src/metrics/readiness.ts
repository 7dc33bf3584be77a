import type { ArchiveStore } from '@minhchung/domain';
import type { Store } from '@minhchung/store';
import { READINESS_DEADLINE_MS } from '../limits.ts';

/** One thing this process cannot work without. */
export interface ReadinessCheck {
  readonly name: 'database' | 'archive';
  readonly run: () => Promise<unknown>;
}

/** What a load balancer asks before it sends somebody here. */
export interface Readiness {
  readonly is_ready: boolean;
  readonly checks: readonly { readonly name: ReadinessCheck['name']; readonly is_ok: boolean }[];
}

/** The database answers a question. */
export function databaseCheck(store: Store): ReadinessCheck {
  return { name: 'database', run: () => store.units.list({ limit: 1, after: null }) };
}

/** The archive answers a question; that the object is not there is an answer. */
export function archiveCheck(archive: ArchiveStore): ReadinessCheck {
  return { name: 'archive', run: () => archive.stat('readiness/0/none') };
}

/** Runs the checks side by side, each within its deadline. Why one failed is for the log, not for the caller. */
export async function checkReadiness(
  checks: readonly ReadinessCheck[],
  onFailure: (name: string, error: unknown) => void,
): Promise<Readiness> {
  const results = await Promise.all(
    checks.map(async ({ name, run }) => {
      try {
        await within(run(), READINESS_DEADLINE_MS);
        return { name, is_ok: true };
      } catch (error) {
        onFailure(name, error);
        return { name, is_ok: false };
      }
    }),
  );
  return { is_ready: results.every((one) => one.is_ok), checks: results };
}

async function within<T>(answer: Promise<T>, deadline_ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${deadline_ms} ms`)), deadline_ms);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
