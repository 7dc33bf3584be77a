import { xml } from '../../soap/xml-template.ts';
import { replayAddress } from '../addresses.ts';
import type { ServiceOperations } from '../device-model.ts';
import { channelOfRecording } from './find-channel.ts';

/** The replay service (ONVIF Replay Control). */
export const REPLAY_OPERATIONS: ServiceOperations = {
  GetServiceCapabilities: () =>
    xml`<trp:GetServiceCapabilitiesResponse><trp:Capabilities ReversePlayback="false" RTP_RTSP_TCP="true"
      SessionTimeoutRange="PT10S PT60S"/></trp:GetServiceCapabilitiesResponse>`,
  GetReplayUri: (call) =>
    xml`<trp:GetReplayUriResponse><trp:Uri>${replayAddress(call.device, call.host, channelOfRecording(call))}</trp:Uri>
      </trp:GetReplayUriResponse>`,
  GetReplayConfiguration: () =>
    xml`<trp:GetReplayConfigurationResponse><trp:Configuration><tt:SessionTimeout>PT60S</tt:SessionTimeout>
      </trp:Configuration></trp:GetReplayConfigurationResponse>`,
  SetReplayConfiguration: () => xml`<trp:SetReplayConfigurationResponse/>`,
};
