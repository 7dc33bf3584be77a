import { type XmlFragment, xml } from '../../soap/xml-template.ts';
import { serviceAddress } from '../addresses.ts';
import type { DeviceChannel } from '../channel.ts';
import type { ServiceCall, ServiceOperations } from '../device-model.ts';
import { channelOfRecording, listedChannels } from './find-channel.ts';

/** The recording service (ONVIF Recording Control), read-only. */
export const RECORDING_OPERATIONS: ServiceOperations = {
  GetServiceCapabilities: ({ device }) =>
    xml`<trc:GetServiceCapabilitiesResponse><trc:Capabilities DynamicRecordings="false" DynamicTracks="false"
      Encoding="H264" MaxRate="100000" MaxTotalRate="400000" MaxRecordings="${device.channels.length}"
      MaxRecordingJobs="${device.channels.length}" Options="false"/></trc:GetServiceCapabilitiesResponse>`,
  GetRecordings: (call) =>
    xml`<trc:GetRecordingsResponse>${listedChannels(call.device).map(
      (channel) => xml`<trc:RecordingItem><tt:RecordingToken>${channel.recording_token}</tt:RecordingToken>
        <tt:Configuration>${configuration(call, channel)}</tt:Configuration><tt:Tracks><tt:Track>
        <tt:TrackToken>${channel.track_token}</tt:TrackToken><tt:Configuration>${track()}</tt:Configuration>
        </tt:Track></tt:Tracks></trc:RecordingItem>`,
    )}</trc:GetRecordingsResponse>`,
  GetRecordingConfiguration: (call) =>
    xml`<trc:GetRecordingConfigurationResponse><trc:RecordingConfiguration>
      ${configuration(call, channelOfRecording(call))}</trc:RecordingConfiguration></trc:GetRecordingConfigurationResponse>`,
  GetTrackConfiguration: (call) => {
    channelOfRecording(call);
    return xml`<trc:GetTrackConfigurationResponse><trc:TrackConfiguration>${track()}</trc:TrackConfiguration>
      </trc:GetTrackConfigurationResponse>`;
  },
  GetRecordingJobs: ({ device }) =>
    xml`<trc:GetRecordingJobsResponse>${listedChannels(device).map(
      (channel) => xml`<trc:JobItem><tt:JobToken>Job_${channel.number}</tt:JobToken><tt:JobConfiguration>
        <tt:RecordingToken>${channel.recording_token}</tt:RecordingToken><tt:Mode>Active</tt:Mode>
        <tt:Priority>1</tt:Priority><tt:Source><tt:SourceToken Type="http://www.onvif.org/ver10/schema/Profile">
        <tt:Token>${channel.profile_token}</tt:Token></tt:SourceToken></tt:Source></tt:JobConfiguration></trc:JobItem>`,
    )}</trc:GetRecordingJobsResponse>`,
};

function configuration(call: ServiceCall, channel: DeviceChannel): XmlFragment {
  return xml`${recordingSource(call, channel)}<tt:Content>Continuous</tt:Content>
    <tt:MaximumRetentionTime>PT0S</tt:MaximumRetentionTime>`;
}

/** `tt:Source` of a recording: which channel it is of. */
export function recordingSource(call: ServiceCall, channel: DeviceChannel): XmlFragment {
  return xml`<tt:Source><tt:SourceId>${channel.source_token}</tt:SourceId><tt:Name>${channel.name}</tt:Name>
    <tt:Location>${channel.name}</tt:Location><tt:Description>${channel.name}</tt:Description>
    <tt:Address>${serviceAddress(call.device, call.host, 'device')}</tt:Address></tt:Source>`;
}

function track(): XmlFragment {
  return xml`<tt:TrackType>Video</tt:TrackType><tt:Description>main</tt:Description>`;
}
