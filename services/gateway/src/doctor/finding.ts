import type { Bilingual } from '@minhchung/domain';

/** One thing looked at. `unknown`: this machine does not say; `warn`: works, but worse than it could. */
export interface Finding {
  readonly about: string;
  readonly verdict: 'good' | 'warn' | 'bad' | 'unknown';
  readonly text: Bilingual;
}

export function finding(about: string, verdict: Finding['verdict'], vi: string, en: string): Finding {
  return { about, verdict, text: { vi, en } };
}
