/** The operations of Recording Search (ONVIF Recording Search Service Specification, 5) that npm `onvif` lacks. */
import { rfc3339, type Span } from '@minhchung/domain';
import {
  RECORDINGS_SEARCH_KEEP_ALIVE_S,
  SEARCH_KEEP_ALIVE_S,
  SEARCH_PAGE_SIZE,
  SEARCH_WAIT_S,
} from '../limits.ts';
import { element, ownRequest, type SoapRequest } from '../soap/envelope.ts';

const SEARCH = 'http://www.onvif.org/ver10/search/wsdl';
const SCHEMA = 'xmlns:tt="http://www.onvif.org/ver10/schema"';
const keepAlive = (keep_alive_s: number): string => element('KeepAliveTime', `PT${keep_alive_s}S`);

/** Starts a search over all recordings. */
export const FIND_RECORDINGS: SoapRequest = ownRequest(
  'FindRecordings',
  SEARCH,
  `<Scope/>${keepAlive(RECORDINGS_SEARCH_KEEP_ALIVE_S)}`,
);

/** Starts a search for the data-present changes of one recording's tracks, with the state at the start. */
export function findTrackStates(recording_token: string, device_span: Span): SoapRequest {
  const filter =
    '<SearchFilter><wsnt:TopicExpression xmlns:wsnt="http://docs.oasis-open.org/wsn/b-2" ' +
    'xmlns:tns1="http://www.onvif.org/ver10/topics" ' +
    'Dialect="http://www.onvif.org/ver10/tev/topicExpression/ConcreteSet">' +
    'tns1:RecordingHistory/Track/State</wsnt:TopicExpression></SearchFilter>';
  return ownRequest(
    'FindEvents',
    SEARCH,
    element('StartPoint', rfc3339(device_span.start_ms)) +
      element('EndPoint', rfc3339(device_span.end_ms)) +
      `<Scope ${SCHEMA}>${element('tt:IncludedRecordings', recording_token)}</Scope>` +
      `${filter}${element('IncludeStartState', 'true')}${keepAlive(SEARCH_KEEP_ALIVE_S)}`,
  );
}

/** Asks for the next results of a search. */
export function searchResults(kind: 'Recording' | 'Event', search_token: string): SoapRequest {
  return ownRequest(
    `Get${kind}SearchResults`,
    SEARCH,
    element('SearchToken', search_token) +
      element('MinResults', 1) +
      element('MaxResults', SEARCH_PAGE_SIZE) +
      element('WaitTime', `PT${SEARCH_WAIT_S}S`),
  );
}

/** Tells the recorder that its results are no longer wanted. */
export function endSearch(search_token: string): SoapRequest {
  return ownRequest('EndSearch', SEARCH, element('SearchToken', search_token));
}
