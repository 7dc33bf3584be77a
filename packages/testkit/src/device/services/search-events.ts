import { SoapFault } from '../../soap/envelope.ts';
import { xmlText } from '../../soap/xml-reader.ts';
import { type XmlFragment, xml } from '../../soap/xml-template.ts';
import type { DeviceChannel } from '../channel.ts';
import type { ServiceCall } from '../device-model.ts';
import { readXsDateTime, xsDateTime } from './date-time.ts';

/** A change between "there is data" and "there is none" on one channel's track. */
interface DataPresentEvent {
  readonly channel: DeviceChannel;
  readonly time_ms: number;
  readonly is_data_present: boolean;
  /** True for the state at the start point, which is no change. */
  readonly is_start_state: boolean;
}

/**
 * Results of FindEvents: where data begins and ends (ONVIF Recording Search 5.2.1, topic
 * `tns1:RecordingHistory/Track/State`), between the points asked for, in the order asked for.
 */
export function recordingEvents(call: ServiceCall, channels: readonly DeviceChannel[]): XmlFragment[] {
  const start_ms = readXsDateTime(xmlText(call.body, 'StartPoint'));
  if (start_ms === null) throw new SoapFault(['ter:InvalidArgVal'], 'StartPoint is missing or impossible.');
  const end_ms = readXsDateTime(xmlText(call.body, 'EndPoint')) ?? Number.MAX_SAFE_INTEGER;
  const wants_start_state = xmlText(call.body, 'IncludeStartState') === 'true';
  const [from_ms, to_ms] = start_ms <= end_ms ? [start_ms, end_ms] : [end_ms, start_ms];
  const events = channels.flatMap((channel) => {
    const changes = changesOf(channel, call.device.search_resolution_ms);
    const within = call.device.quirks.ignores_time_filter
      ? changes
      : changes.filter(({ time_ms }) => from_ms <= time_ms && time_ms <= to_ms);
    const is_data_present = changes.findLast(({ time_ms }) => time_ms <= start_ms)?.is_data_present ?? false;
    const state = { channel, time_ms: start_ms, is_data_present, is_start_state: true };
    return wants_start_state ? [state, ...within] : within;
  });
  const direction = start_ms <= end_ms ? 1 : -1;
  return events.toSorted((a, b) => direction * (a.time_ms - b.time_ms)).map(result);
}

function changesOf(channel: DeviceChannel, resolution_ms: number): DataPresentEvent[] {
  const outward = (time_ms: number, round: (value: number) => number) =>
    round(time_ms / resolution_ms) * resolution_ms;
  return channel
    .timeline()
    .sections.flatMap(({ device_span }) => [
      {
        channel,
        time_ms: outward(device_span.start_ms, Math.floor),
        is_data_present: true,
        is_start_state: false,
      },
      {
        channel,
        time_ms: outward(device_span.end_ms, Math.ceil),
        is_data_present: false,
        is_start_state: false,
      },
    ])
    .toSorted((a, b) => a.time_ms - b.time_ms);
}

function result(event: DataPresentEvent): XmlFragment {
  const { recording_token, track_token } = event.channel;
  const time = xsDateTime(event.time_ms);
  const operation = event.is_start_state ? 'Initialized' : 'Changed';
  return xml`<tt:Result><tt:RecordingToken>${recording_token}</tt:RecordingToken>
    <tt:TrackToken>${track_token}</tt:TrackToken><tt:Time>${time}</tt:Time><tt:Event>
    <wsnt:Topic Dialect="http://www.onvif.org/ver10/tev/topicExpression/ConcreteSet">tns1:RecordingHistory/Track/State</wsnt:Topic>
    <wsnt:Message><tt:Message UtcTime="${time}" PropertyOperation="${operation}"><tt:Source>
    <tt:SimpleItem Name="RecordingToken" Value="${recording_token}"/><tt:SimpleItem Name="Track" Value="${track_token}"/>
    </tt:Source><tt:Data><tt:SimpleItem Name="IsDataPresent" Value="${event.is_data_present}"/></tt:Data></tt:Message>
    </wsnt:Message></tt:Event><tt:StartStateEvent>${event.is_start_state}</tt:StartStateEvent></tt:Result>`;
}
