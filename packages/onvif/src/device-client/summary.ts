import type { RecordingSummary } from '@minhchung/domain';
import { find, textAt, type XmlElement } from '../xml/element.ts';
import { instantOrNull } from './recording-answers.ts';

const COUNT = /^\d{1,6}$/;

/** Reads a `GetRecordingSummaryResponse` (ONVIF Recording Search, 5.4). Times that are none are unknown. */
export function readSummary(response: XmlElement): RecordingSummary {
  const summary = find(response, 'Summary');
  const count = textAt(summary, 'NumberRecordings') ?? '';
  return {
    from_ms: instantOrNull(textAt(summary, 'DataFrom')),
    until_ms: instantOrNull(textAt(summary, 'DataUntil')),
    recording_count: COUNT.test(count) ? Number(count) : 0,
  };
}
