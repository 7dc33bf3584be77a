/** What a device of the city answers: the shapes of real recorders, written out once. */
import { sourceToken } from './city-plan.ts';

const OPEN =
  '<?xml version="1.0" encoding="UTF-8"?>\n<env:Envelope xmlns:env="http://www.w3.org/2003/05/soap-envelope" xmlns:tt="http://www.onvif.org/ver10/schema" xmlns:tds="http://www.onvif.org/ver10/device/wsdl" xmlns:trt="http://www.onvif.org/ver10/media/wsdl" xmlns:tse="http://www.onvif.org/ver10/search/wsdl" xmlns:ter="http://www.onvif.org/ver10/error"><env:Body>';
const CLOSE = '</env:Body></env:Envelope>';

const soap = (body: string) => `${OPEN}${body}${CLOSE}`;

export const NOT_AUTHORIZED = soap(
  '<env:Fault><env:Code><env:Value>env:Sender</env:Value><env:Subcode><env:Value>ter:NotAuthorized</env:Value></env:Subcode></env:Code><env:Reason><env:Text xml:lang="en">Sender not authorized</env:Text></env:Reason></env:Fault>',
);
export const NOT_SUPPORTED = soap(
  '<env:Fault><env:Code><env:Value>env:Receiver</env:Value><env:Subcode><env:Value>ter:ActionNotSupported</env:Value></env:Subcode></env:Code><env:Reason><env:Text xml:lang="en">Not supported</env:Text></env:Reason></env:Fault>',
);
export const GARBAGE = '<html><head><title>Login</title></head><body>Please enable ActiveX</body></html>';

export const SEARCH_STARTED = soap(
  '<tse:FindRecordingsResponse><tse:SearchToken>search_1</tse:SearchToken></tse:FindRecordingsResponse>',
);
export const SEARCH_ENDED = soap(
  '<tse:EndSearchResponse><tse:Endpoint>P0S</tse:Endpoint></tse:EndSearchResponse>',
);
export const INFORMATION = soap(
  '<tds:GetDeviceInformationResponse><tds:Manufacturer>Minh Chung</tds:Manufacturer><tds:Model>City NVR</tds:Model><tds:FirmwareVersion>1.10</tds:FirmwareVersion><tds:SerialNumber>20261122000000000001</tds:SerialNumber><tds:HardwareId>C-1</tds:HardwareId></tds:GetDeviceInformationResponse>',
);

/** GetSystemDateAndTime (ONVIF Core 8.3.1). */
export function clockAnswer(device_ms: number): string {
  const at = new Date(device_ms);
  const dateTime =
    `<tt:Time><tt:Hour>${at.getUTCHours()}</tt:Hour><tt:Minute>${at.getUTCMinutes()}</tt:Minute><tt:Second>${at.getUTCSeconds()}</tt:Second></tt:Time>` +
    `<tt:Date><tt:Year>${at.getUTCFullYear()}</tt:Year><tt:Month>${at.getUTCMonth() + 1}</tt:Month><tt:Day>${at.getUTCDate()}</tt:Day></tt:Date>`;
  return soap(
    '<tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime><tt:DateTimeType>NTP</tt:DateTimeType><tt:DaylightSavings>false</tt:DaylightSavings><tt:TimeZone><tt:TZ>UTC0</tt:TZ></tt:TimeZone>' +
      `<tt:UTCDateTime>${dateTime}</tt:UTCDateTime><tt:LocalDateTime>${dateTime}</tt:LocalDateTime>` +
      '</tds:SystemDateAndTime></tds:GetSystemDateAndTimeResponse>',
  );
}

/** GetServices, every service at the address it was asked at. */
export function servicesAnswer(origin: string): string {
  const service = (version: string, name: string) =>
    `<tds:Service><tds:Namespace>http://www.onvif.org/${version}/${name}/wsdl</tds:Namespace><tds:XAddr>${origin}/onvif/${name}_service</tds:XAddr><tds:Version><tt:Major>2</tt:Major><tt:Minor>60</tt:Minor></tds:Version></tds:Service>`;
  const names = ['device', 'media', 'recording', 'search', 'replay'];
  return soap(
    `<tds:GetServicesResponse>${names.map((name) => service('ver10', name)).join('')}</tds:GetServicesResponse>`,
  );
}

/** GetProfiles of the media service: one profile a channel. */
export function profilesAnswer(channels: number): string {
  const profile = (channel: number) =>
    `<trt:Profiles token="Profile_${channel}" fixed="true"><tt:Name>Main ${channel}</tt:Name><tt:VideoSourceConfiguration token="VSC_${channel}"><tt:Name>V${channel}</tt:Name><tt:UseCount>1</tt:UseCount><tt:SourceToken>${sourceToken(channel)}</tt:SourceToken><tt:Bounds x="0" y="0" width="1920" height="1080"/></tt:VideoSourceConfiguration><tt:VideoEncoderConfiguration token="VEC_${channel}"><tt:Name>E${channel}</tt:Name><tt:Encoding>H264</tt:Encoding><tt:Resolution><tt:Width>1920</tt:Width><tt:Height>1080</tt:Height></tt:Resolution></tt:VideoEncoderConfiguration></trt:Profiles>`;
  return soap(`<trt:GetProfilesResponse>${eachChannel(channels, profile)}</trt:GetProfilesResponse>`);
}

/** All recordings of a recorder that records continuously and overwrites, in device time. */
export function resultsAnswer(channels: number, from_ms: number, to_ms: number): string {
  const from = new Date(from_ms).toISOString();
  const to = new Date(to_ms).toISOString();
  const recording = (channel: number) =>
    `<tt:RecordingInformation><tt:RecordingToken>Recording_${channel}</tt:RecordingToken><tt:Source><tt:SourceId>${sourceToken(channel)}</tt:SourceId><tt:Name>Camera ${channel}</tt:Name><tt:Location>Site</tt:Location><tt:Description>Channel ${channel}</tt:Description><tt:Address></tt:Address></tt:Source><tt:EarliestRecording>${from}</tt:EarliestRecording><tt:LatestRecording>${to}</tt:LatestRecording><tt:Content>Continuous</tt:Content><tt:Track><tt:TrackToken>VIDEO_${channel}</tt:TrackToken><tt:TrackType>Video</tt:TrackType><tt:Description>main</tt:Description><tt:DataFrom>${from}</tt:DataFrom><tt:DataTo>${to}</tt:DataTo></tt:Track><tt:RecordingStatus>Recording</tt:RecordingStatus></tt:RecordingInformation>`;
  return soap(
    `<tse:GetRecordingSearchResultsResponse><tse:ResultList><tt:SearchState>Completed</tt:SearchState>${eachChannel(channels, recording)}</tse:ResultList></tse:GetRecordingSearchResultsResponse>`,
  );
}

function eachChannel(channels: number, write: (channel: number) => string): string {
  return Array.from({ length: channels }, (_, index) => write(index + 1)).join('');
}
