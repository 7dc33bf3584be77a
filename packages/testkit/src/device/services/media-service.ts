import { type XmlFragment, xml } from '../../soap/xml-template.ts';
import { liveAddress, snapshotAddress } from '../addresses.ts';
import type { DeviceChannel } from '../channel.ts';
import type { ServiceOperations } from '../device-model.ts';
import { channelOfProfile } from './find-channel.ts';

/** The media service (ONVIF Media 5), read-only. */
export const MEDIA_OPERATIONS: ServiceOperations = {
  GetServiceCapabilities: () =>
    xml`<trt:GetServiceCapabilitiesResponse><trt:Capabilities SnapshotUri="true"><trt:ProfileCapabilities/>
      <trt:StreamingCapabilities RTP_RTSP_TCP="true"/></trt:Capabilities></trt:GetServiceCapabilitiesResponse>`,
  GetProfiles: ({ device }) =>
    xml`<trt:GetProfilesResponse>${device.channels.map(
      (channel) =>
        xml`<trt:Profiles token="${channel.profile_token}" fixed="true">${profile(channel)}</trt:Profiles>`,
    )}</trt:GetProfilesResponse>`,
  GetProfile: (call) => {
    const channel = channelOfProfile(call);
    return xml`<trt:GetProfileResponse><trt:Profile token="${channel.profile_token}" fixed="true">
      ${profile(channel)}</trt:Profile></trt:GetProfileResponse>`;
  },
  GetVideoSources: ({ device }) =>
    xml`<trt:GetVideoSourcesResponse>${device.channels.map(
      (
        channel,
      ) => xml`<trt:VideoSources token="${channel.source_token}"><tt:Framerate>${channel.footage.fps}</tt:Framerate>
        ${resolution(channel)}</trt:VideoSources>`,
    )}</trt:GetVideoSourcesResponse>`,
  GetVideoSourceConfigurations: ({ device }) =>
    xml`<trt:GetVideoSourceConfigurationsResponse>${device.channels.map(
      (channel) =>
        xml`<trt:Configurations token="Source_${channel.number}">${source(channel)}</trt:Configurations>`,
    )}</trt:GetVideoSourceConfigurationsResponse>`,
  GetVideoEncoderConfigurations: ({ device }) =>
    xml`<trt:GetVideoEncoderConfigurationsResponse>${device.channels.map(
      (channel) =>
        xml`<trt:Configurations token="Encoder_${channel.number}">${encoder(channel)}</trt:Configurations>`,
    )}</trt:GetVideoEncoderConfigurationsResponse>`,
  GetStreamUri: (call) =>
    xml`<trt:GetStreamUriResponse>${mediaUri(liveAddress(call.device, call.host, channelOfProfile(call)))}</trt:GetStreamUriResponse>`,
  GetSnapshotUri: (call) =>
    xml`<trt:GetSnapshotUriResponse>${mediaUri(snapshotAddress(call.device, call.host, channelOfProfile(call)))}</trt:GetSnapshotUriResponse>`,
};

function profile(channel: DeviceChannel): XmlFragment {
  return xml`<tt:Name>${channel.name}</tt:Name>
    <tt:VideoSourceConfiguration token="Source_${channel.number}">${source(channel)}</tt:VideoSourceConfiguration>
    <tt:VideoEncoderConfiguration token="Encoder_${channel.number}">${encoder(channel)}</tt:VideoEncoderConfiguration>`;
}

function source(channel: DeviceChannel): XmlFragment {
  const { width, height } = channel.footage.stream;
  return xml`<tt:Name>${channel.name}</tt:Name><tt:UseCount>1</tt:UseCount>
    <tt:SourceToken>${channel.source_token}</tt:SourceToken><tt:Bounds x="0" y="0" width="${width}" height="${height}"/>`;
}

function encoder(channel: DeviceChannel): XmlFragment {
  // Media 1 knows no H.265; devices that record it name H264 here and the truth in SDP.
  return xml`<tt:Name>main</tt:Name><tt:UseCount>1</tt:UseCount><tt:Encoding>H264</tt:Encoding>${resolution(channel)}
    <tt:Quality>4</tt:Quality><tt:RateControl><tt:FrameRateLimit>${Math.ceil(channel.footage.fps)}</tt:FrameRateLimit>
    <tt:EncodingInterval>1</tt:EncodingInterval><tt:BitrateLimit>4096</tt:BitrateLimit></tt:RateControl>
    <tt:H264><tt:GovLength>50</tt:GovLength><tt:H264Profile>Main</tt:H264Profile></tt:H264>
    <tt:Multicast><tt:Address><tt:Type>IPv4</tt:Type><tt:IPv4Address>0.0.0.0</tt:IPv4Address></tt:Address>
    <tt:Port>0</tt:Port><tt:TTL>0</tt:TTL><tt:AutoStart>false</tt:AutoStart></tt:Multicast>
    <tt:SessionTimeout>PT60S</tt:SessionTimeout>`;
}

function resolution(channel: DeviceChannel): XmlFragment {
  const { width, height } = channel.footage.stream;
  return xml`<tt:Resolution><tt:Width>${width}</tt:Width><tt:Height>${height}</tt:Height></tt:Resolution>`;
}

function mediaUri(uri: string): XmlFragment {
  return xml`<trt:MediaUri><tt:Uri>${uri}</tt:Uri><tt:InvalidAfterConnect>false</tt:InvalidAfterConnect>
    <tt:InvalidAfterReboot>false</tt:InvalidAfterReboot><tt:Timeout>PT0S</tt:Timeout></trt:MediaUri>`;
}
