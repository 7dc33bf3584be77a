import { setTimeout } from 'node:timers/promises';
import { CodedError } from '@minhchung/domain';
import { brokenDevice } from '../broken-device.ts';
import {
  RECORDINGS_MAX,
  SEARCH_EVENTS_MAX,
  SEARCH_PAGES_MAX,
  SEARCH_PAUSE_MS,
  SEARCH_QUIET_PAGES,
  TOKEN_LENGTH_MAX,
} from '../limits.ts';
import type { SoapRequest } from '../soap/envelope.ts';
import { find, findAll, textAt, type XmlElement } from '../xml/element.ts';
import { endSearch, searchResults } from './search-requests.ts';

/** Sends one request to the search service and gives back its answer's content. */
export type SearchCall = (request: SoapRequest) => Promise<XmlElement>;

const NO_TOKEN = {
  vi: 'nó mở một cuộc tìm kiếm mà không cho mã',
  en: 'it started a search without a token',
};
const TOO_MANY = {
  vi: 'cuộc tìm kiếm trả về nhiều kết quả hơn mức có thể',
  en: 'its search yields more results than can be',
};
const NEVER_ENDS = { vi: 'cuộc tìm kiếm không bao giờ xong', en: 'its search never completes' };
const RESULT_ELEMENTS = { Recording: 'RecordingInformation', Event: 'Result' } as const;
const RESULTS_MAX = { Recording: RECORDINGS_MAX, Event: SEARCH_EVENTS_MAX } as const;

/**
 * Runs one search to its end: starts it and fetches page after page until the recorder says `Completed`, or has
 * found something and then nothing more for `SEARCH_QUIET_PAGES` pages: some never say it. A completed search for
 * recordings is not ended by us, for a poll has no request to spare; it ends with its short keep-alive time.
 * Throws `DEVICE_BROKEN` where it finds nothing and never completes, or yields more than a recorder can hold.
 */
export async function runSearch(
  kind: 'Recording' | 'Event',
  start: SoapRequest,
  call: SearchCall,
  address: string,
): Promise<XmlElement[]> {
  const search_token = textAt(await call(start), 'SearchToken');
  if (search_token === null || search_token.length > TOKEN_LENGTH_MAX) {
    throw brokenDevice(address, NO_TOKEN);
  }
  const results: XmlElement[] = [];
  let quiet_pages = 0;
  for (let page = 0; page < SEARCH_PAGES_MAX && results.length <= RESULTS_MAX[kind]; page += 1) {
    const list = find(await call(searchResults(kind, search_token)), 'ResultList');
    const found = findAll(list, RESULT_ELEMENTS[kind]);
    results.push(...found);
    if (stateOf(list) === 'Completed') {
      if (kind === 'Event') await endQuietly(call, search_token);
      return results;
    }
    quiet_pages = found.length === 0 ? quiet_pages + 1 : 0;
    if (results.length > 0 && quiet_pages >= SEARCH_QUIET_PAGES) {
      await endQuietly(call, search_token);
      return results;
    }
    // Recorders that answer "still searching" at once, though asked to wait, must not be asked without pause.
    if (quiet_pages > 0) await setTimeout(SEARCH_PAUSE_MS);
  }
  await endQuietly(call, search_token);
  throw brokenDevice(address, results.length > RESULTS_MAX[kind] ? TOO_MANY : NEVER_ENDS);
}

/** An element by the standard; some recorders write an attribute. */
function stateOf(list: XmlElement | undefined): string | undefined {
  return textAt(list, 'SearchState') ?? list?.attributes.get('SearchState');
}

/** The results are here; a recorder that fumbles the farewell, or has ended the search itself, is no trouble. */
async function endQuietly(call: SearchCall, search_token: string): Promise<void> {
  try {
    await call(endSearch(search_token));
  } catch (error) {
    if (!(error instanceof CodedError) || error.code === 'CANCELLED') throw error;
  }
}
