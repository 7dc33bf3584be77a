import { type XmlElement, xmlText } from '../../soap/xml-reader.ts';
import { type XmlFragment, xml } from '../../soap/xml-template.ts';
import type { DeviceChannel } from '../channel.ts';
import type { ServiceCall, ServiceOperations } from '../device-model.ts';
import { readXsDuration, xsDateTime } from './date-time.ts';
import { channelOfRecording, listedChannels } from './find-channel.ts';
import { recordingSource } from './recording-service.ts';
import { recordingEvents } from './search-events.ts';

/** The recording search service (ONVIF Recording Search). */
export const SEARCH_OPERATIONS: ServiceOperations = {
  GetServiceCapabilities: () =>
    xml`<tse:GetServiceCapabilitiesResponse><tse:Capabilities MetadataSearch="false" GeneralStartEvents="false"/>
      </tse:GetServiceCapabilitiesResponse>`,
  GetRecordingSummary: ({ device }) => {
    const spans = device.channels.flatMap((channel) => channel.retained() ?? []);
    const from = spans.length === 0 ? 0 : Math.min(...spans.map((span) => span.start_ms));
    const until = spans.length === 0 ? 0 : Math.max(...spans.map((span) => span.end_ms));
    return xml`<tse:GetRecordingSummaryResponse><tse:Summary><tt:DataFrom>${xsDateTime(from)}</tt:DataFrom>
      <tt:DataUntil>${xsDateTime(until)}</tt:DataUntil>
      <tt:NumberRecordings>${device.channels.length}</tt:NumberRecordings></tse:Summary></tse:GetRecordingSummaryResponse>`;
  },
  GetRecordingInformation: (call) =>
    xml`<tse:GetRecordingInformationResponse><tse:RecordingInformation>${information(call, channelOfRecording(call))}
      </tse:RecordingInformation></tse:GetRecordingInformationResponse>`,
  GetMediaAttributes: (call) =>
    xml`<tse:GetMediaAttributesResponse>${channelsAsked(call, call.body, 'RecordingTokens').map(mediaAttributes)}
      </tse:GetMediaAttributesResponse>`,
  FindRecordings: (call) => {
    const results = channelsInScope(call).map(
      (channel) => xml`<tt:RecordingInformation>${information(call, channel)}</tt:RecordingInformation>`,
    );
    return xml`<tse:FindRecordingsResponse>${opened(call, results)}</tse:FindRecordingsResponse>`;
  },
  GetRecordingSearchResults: (call) =>
    xml`<tse:GetRecordingSearchResultsResponse>${fetched(call)}</tse:GetRecordingSearchResultsResponse>`,
  FindEvents: (call) =>
    xml`<tse:FindEventsResponse>${opened(call, recordingEvents(call, channelsInScope(call)))}</tse:FindEventsResponse>`,
  GetEventSearchResults: (call) =>
    xml`<tse:GetEventSearchResultsResponse>${fetched(call)}</tse:GetEventSearchResultsResponse>`,
  EndSearch: (call) => {
    call.device.searches.end(xmlText(call.body, 'SearchToken'));
    const now = xsDateTime(call.device.clock.now_ms());
    return xml`<tse:EndSearchResponse><tse:Endpoint>${now}</tse:Endpoint></tse:EndSearchResponse>`;
  },
};

function opened(call: ServiceCall, results: readonly XmlFragment[]): XmlFragment {
  const count_max = Number(xmlText(call.body, 'MaxMatches') ?? results.length);
  const keep_alive_ms = readXsDuration(xmlText(call.body, 'KeepAliveTime'));
  const token = call.device.searches.open(results.slice(0, count_max), keep_alive_ms);
  return xml`<tse:SearchToken>${token}</tse:SearchToken>`;
}

function fetched(call: ServiceCall): XmlFragment {
  const count_text = xmlText(call.body, 'MaxResults');
  const token = xmlText(call.body, 'SearchToken');
  const { results, completed } = call.device.searches.next(token, count_text ? Number(count_text) : null);
  return xml`<tse:ResultList><tt:SearchState>${completed ? 'Completed' : 'Searching'}</tt:SearchState>
    ${results}</tse:ResultList>`;
}

function channelsInScope(call: ServiceCall): readonly DeviceChannel[] {
  const scope = call.body.children.find((child) => child.name === 'Scope');
  return channelsAsked(call, scope, 'IncludedRecordings');
}

/** Channels named by repeated elements; all of them when none is named. */
function channelsAsked(
  call: ServiceCall,
  parent: XmlElement | undefined,
  name: string,
): readonly DeviceChannel[] {
  const tokens = (parent?.children ?? [])
    .filter((child) => child.name === name)
    .map((child) => child.text.trim());
  const listed = listedChannels(call.device);
  if (tokens.length === 0) return listed;
  return listed.filter((channel) => tokens.includes(channel.recording_token));
}

function information(call: ServiceCall, channel: DeviceChannel): XmlFragment {
  const span = channel.retained();
  const earliest = span && xml`<tt:EarliestRecording>${xsDateTime(span.start_ms)}</tt:EarliestRecording>`;
  const latest = span && xml`<tt:LatestRecording>${xsDateTime(span.end_ms)}</tt:LatestRecording>`;
  return xml`<tt:RecordingToken>${channel.recording_token}</tt:RecordingToken>${recordingSource(call, channel)}
    ${earliest}${latest}<tt:Content>Continuous</tt:Content><tt:Track>${trackFields(channel)}</tt:Track>
    <tt:RecordingStatus>${span ? 'Stopped' : 'NoData'}</tt:RecordingStatus>`;
}

function trackFields(channel: DeviceChannel): XmlFragment {
  const span = channel.retained() ?? { start_ms: 0, end_ms: 0 };
  return xml`<tt:TrackToken>${channel.track_token}</tt:TrackToken><tt:TrackType>Video</tt:TrackType>
    <tt:Description>main</tt:Description><tt:DataFrom>${xsDateTime(span.start_ms)}</tt:DataFrom>
    <tt:DataTo>${xsDateTime(span.end_ms)}</tt:DataTo>`;
}

function mediaAttributes(channel: DeviceChannel): XmlFragment {
  const { stream, fps } = channel.footage;
  const span = channel.retained() ?? { start_ms: 0, end_ms: 0 };
  return xml`<tse:MediaAttributes><tt:RecordingToken>${channel.recording_token}</tt:RecordingToken>
    <tt:TrackAttributes><tt:TrackInformation>${trackFields(channel)}</tt:TrackInformation>
    <tt:VideoAttributes><tt:Bitrate>2048</tt:Bitrate><tt:Width>${stream.width}</tt:Width>
    <tt:Height>${stream.height}</tt:Height><tt:Encoding>${stream.codec.toUpperCase()}</tt:Encoding>
    <tt:Framerate>${fps}</tt:Framerate></tt:VideoAttributes></tt:TrackAttributes>
    <tt:From>${xsDateTime(span.start_ms)}</tt:From><tt:Until>${xsDateTime(span.end_ms)}</tt:Until></tse:MediaAttributes>`;
}
