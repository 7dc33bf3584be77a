import type { TracksWanted } from '@minhchung/domain';
import type { ContinuedPlays } from './continued-plays.ts';
import type { SearchContext } from './searching.ts';

/** Everything one read needs. */
export interface ReadContext extends SearchContext {
  readonly joined: ContinuedPlays;
  readonly tracks: TracksWanted | undefined;
}
