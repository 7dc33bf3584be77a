import { SoapFault } from '../../soap/envelope.ts';
import { type XmlFragment, xml } from '../../soap/xml-template.ts';
import type { ServiceCall } from '../device-model.ts';
import { dateTimeFields } from './date-time.ts';

const VIETNAM_OFFSET_MS = 7 * 3600 * 1000;
/** A date that a real camera sent. */
const IMPOSSIBLE = xml`<tt:Time><tt:Hour>18</tt:Hour><tt:Minute>14</tt:Minute><tt:Second>13</tt:Second></tt:Time>
  <tt:Date><tt:Year>2485</tt:Year><tt:Month>13</tt:Month><tt:Day>13</tt:Day></tt:Date>`;

/** GetSystemDateAndTime (ONVIF Core 8.3.1), with the quirks of clocks. */
export function systemDateAndTime({ device }: ServiceCall): XmlFragment {
  const { clock_answer, time_zone } = device.quirks;
  if (clock_answer === 'not_offered') {
    throw new SoapFault(['ter:ActionNotSupported'], 'GetSystemDateAndTime is not implemented.', 500);
  }
  const now_ms = device.clock.now_ms();
  const has_utc = clock_answer === 'both' || clock_answer === 'account_only';
  const is_impossible = clock_answer.startsWith('impossible');
  const has_local = clock_answer !== 'impossible' && clock_answer !== 'nothing';
  const zone = xml`<tt:TimeZone><tt:TZ>${time_zone}</tt:TZ></tt:TimeZone>`;
  const utc = xml`<tt:UTCDateTime>${is_impossible ? IMPOSSIBLE : dateTimeFields(now_ms)}</tt:UTCDateTime>`;
  const local = xml`<tt:LocalDateTime>${dateTimeFields(now_ms + VIETNAM_OFFSET_MS)}</tt:LocalDateTime>`;
  return xml`<tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime>
    <tt:DateTimeType>Manual</tt:DateTimeType><tt:DaylightSavings>false</tt:DaylightSavings>
    ${clock_answer === 'local_without_zone' ? null : zone}${has_utc || is_impossible ? utc : null}
    ${has_local ? local : null}</tds:SystemDateAndTime></tds:GetSystemDateAndTimeResponse>`;
}
