import { randomUUID } from 'node:crypto';
import type { TimeSource } from '@minhchung/domain';
import {
  SEARCH_KEEP_ALIVE_MS_DEFAULT,
  SEARCH_RESULT_COUNT_MAX,
  SEARCH_SESSION_COUNT_MAX,
} from '../limits.ts';
import { SoapFault } from '../soap/envelope.ts';
import type { XmlFragment } from '../soap/xml-template.ts';

interface SearchSession {
  readonly results: readonly XmlFragment[];
  readonly keep_alive_ms: number;
  delivered: number;
  expires_at_ms: number;
}

/** Open searches of a device: results wait under a token until they are fetched, ended or too old. */
export class SearchSessions {
  readonly #time: TimeSource;
  readonly #sessions = new Map<string, SearchSession>();

  constructor(time: TimeSource) {
    this.#time = time;
  }

  /** Opens a search and returns its token. Throws the fault `ter:MaxSearches` when too many are open. */
  open(results: readonly XmlFragment[], keep_alive_ms: number | null): string {
    this.#dropExpired();
    if (this.#sessions.size >= SEARCH_SESSION_COUNT_MAX) this.#dropDelivered();
    if (this.#sessions.size >= SEARCH_SESSION_COUNT_MAX)
      throw new SoapFault(['ter:Action', 'ter:MaxSearches'], 'Too many searches are open.');
    const token = randomUUID();
    const life_ms = keep_alive_ms ?? SEARCH_KEEP_ALIVE_MS_DEFAULT;
    const expires_at_ms = this.#time.now_ms() + life_ms;
    this.#sessions.set(token, { results, keep_alive_ms: life_ms, delivered: 0, expires_at_ms });
    return token;
  }

  /** The next results; `completed` when there will be no more. Throws the fault `ter:InvalidToken`. */
  next(
    token: string | null,
    count_max: number | null,
  ): { results: readonly XmlFragment[]; completed: boolean } {
    const session = this.#find(token);
    const count = Math.min(count_max ?? SEARCH_RESULT_COUNT_MAX, SEARCH_RESULT_COUNT_MAX);
    const results = session.results.slice(session.delivered, session.delivered + count);
    session.delivered += results.length;
    session.expires_at_ms = this.#time.now_ms() + session.keep_alive_ms;
    return { results, completed: session.delivered === session.results.length };
  }

  /** Ends a search. Throws the fault `ter:InvalidToken`. */
  end(token: string | null): void {
    this.#find(token);
    this.#sessions.delete(token!);
  }

  #find(token: string | null): SearchSession {
    this.#dropExpired();
    const session = this.#sessions.get(token ?? '');
    if (!session)
      throw new SoapFault(['ter:InvalidArgVal', 'ter:InvalidToken'], `There is no search ${token}.`);
    return session;
  }

  /** Makes room: of searches whose results were all fetched, which clients need not end, the oldest goes. */
  #dropDelivered(): void {
    for (const [token, { delivered, results }] of this.#sessions)
      if (delivered === results.length) return void this.#sessions.delete(token);
  }

  #dropExpired(): void {
    for (const [token, session] of this.#sessions)
      if (session.expires_at_ms < this.#time.now_ms()) this.#sessions.delete(token);
  }
}
