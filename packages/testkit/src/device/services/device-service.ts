import { type XmlFragment, xml } from '../../soap/xml-template.ts';
import { SERVICE_PATHS, serviceAddress } from '../addresses.ts';
import type { DeviceModel, ServiceCall, ServiceOperations } from '../device-model.ts';
import { systemDateAndTime } from './system-time-answer.ts';

const NAMESPACES = {
  device: 'http://www.onvif.org/ver10/device/wsdl',
  media: 'http://www.onvif.org/ver10/media/wsdl',
  recording: 'http://www.onvif.org/ver10/recording/wsdl',
  search: 'http://www.onvif.org/ver10/search/wsdl',
  replay: 'http://www.onvif.org/ver10/replay/wsdl',
} as const;
type ServiceName = keyof typeof NAMESPACES;

/** Operations that a device answers without credentials (ONVIF Core 5.9.2, access class PRE_AUTH). */
export const PRE_AUTH_OPERATIONS: ReadonlySet<string> = new Set([
  'GetSystemDateAndTime',
  'GetServices',
  'GetServiceCapabilities',
  'GetCapabilities',
  'GetHostname',
  'GetWsdlUrl',
]);

/** The device service (ONVIF Core 8). Nothing on a simulated device can be set. */
export const DEVICE_OPERATIONS: ServiceOperations = {
  GetSystemDateAndTime: systemDateAndTime,
  GetDeviceInformation: ({ device: { identity } }) =>
    xml`<tds:GetDeviceInformationResponse><tds:Manufacturer>${identity.manufacturer}</tds:Manufacturer>
      <tds:Model>${identity.model}</tds:Model><tds:FirmwareVersion>${identity.firmware_version}</tds:FirmwareVersion>
      <tds:SerialNumber>${identity.serial_number}</tds:SerialNumber>
      <tds:HardwareId>${identity.hardware_id}</tds:HardwareId></tds:GetDeviceInformationResponse>`,
  GetServices: (call) =>
    xml`<tds:GetServicesResponse>${servicesOf(call.device).map(
      (name) => xml`<tds:Service><tds:Namespace>${NAMESPACES[name]}</tds:Namespace>
        <tds:XAddr>${serviceAddress(call.device, call.host, name)}</tds:XAddr>
        <tds:Version><tt:Major>2</tt:Major><tt:Minor>60</tt:Minor></tds:Version></tds:Service>`,
    )}</tds:GetServicesResponse>`,
  GetServiceCapabilities: () =>
    xml`<tds:GetServiceCapabilitiesResponse><tds:Capabilities><tds:Network NTP="1"/>
      <tds:Security UsernameToken="true" HttpDigest="true"/><tds:System/></tds:Capabilities>
      </tds:GetServiceCapabilitiesResponse>`,
  GetCapabilities: capabilities,
  GetScopes: ({ device }) =>
    xml`<tds:GetScopesResponse>${scopesOf(device).map(
      (scope) =>
        xml`<tds:Scopes><tt:ScopeDef>Fixed</tt:ScopeDef><tt:ScopeItem>${scope}</tt:ScopeItem></tds:Scopes>`,
    )}</tds:GetScopesResponse>`,
  GetHostname: ({ device: { identity } }) =>
    xml`<tds:GetHostnameResponse><tds:HostnameInformation><tt:FromDHCP>false</tt:FromDHCP>
      <tt:Name>${identity.model}</tt:Name></tds:HostnameInformation></tds:GetHostnameResponse>`,
  GetNetworkInterfaces: ({ host }) =>
    xml`<tds:GetNetworkInterfacesResponse><tds:NetworkInterfaces token="eth0"><tt:Enabled>true</tt:Enabled>
      <tt:Info><tt:Name>eth0</tt:Name><tt:HwAddress>02:00:00:00:00:01</tt:HwAddress></tt:Info>
      <tt:IPv4><tt:Enabled>true</tt:Enabled><tt:Config><tt:Manual><tt:Address>${host.split(':')[0]}</tt:Address>
      <tt:PrefixLength>8</tt:PrefixLength></tt:Manual><tt:DHCP>false</tt:DHCP></tt:Config></tt:IPv4>
      </tds:NetworkInterfaces></tds:GetNetworkInterfacesResponse>`,
  GetNTP: () =>
    xml`<tds:GetNTPResponse><tds:NTPInformation><tt:FromDHCP>false</tt:FromDHCP></tds:NTPInformation></tds:GetNTPResponse>`,
};

function servicesOf(device: DeviceModel): ServiceName[] {
  return (Object.keys(SERVICE_PATHS) as ServiceName[]).filter(
    (name) => name === 'device' || name === 'media' || device.services.has(name),
  );
}

function capabilities({ device, host }: ServiceCall): XmlFragment {
  const extension = (['recording', 'search', 'replay'] as const).filter((name) => device.services.has(name));
  const tags = { recording: 'Recording', search: 'Search', replay: 'Replay' } as const;
  const xaddr = (name: ServiceName) => xml`<tt:XAddr>${serviceAddress(device, host, name)}</tt:XAddr>`;
  return xml`<tds:GetCapabilitiesResponse><tds:Capabilities>
    <tt:Device>${xaddr('device')}<tt:System><tt:DiscoveryResolve>false</tt:DiscoveryResolve>
    <tt:DiscoveryBye>false</tt:DiscoveryBye><tt:RemoteDiscovery>false</tt:RemoteDiscovery>
    <tt:SystemBackup>false</tt:SystemBackup><tt:SystemLogging>false</tt:SystemLogging>
    <tt:FirmwareUpgrade>false</tt:FirmwareUpgrade><tt:SupportedVersions><tt:Major>2</tt:Major>
    <tt:Minor>60</tt:Minor></tt:SupportedVersions></tt:System></tt:Device>
    <tt:Media>${xaddr('media')}<tt:StreamingCapabilities><tt:RTPMulticast>false</tt:RTPMulticast>
    <tt:RTP_TCP>true</tt:RTP_TCP><tt:RTP_RTSP_TCP>true</tt:RTP_RTSP_TCP></tt:StreamingCapabilities></tt:Media>
    <tt:Extension>${extension.map((name) => tagged(tags[name], xaddr(name)))}</tt:Extension>
    </tds:Capabilities></tds:GetCapabilitiesResponse>`;
}

function tagged(tag: 'Recording' | 'Search' | 'Replay', content: XmlFragment): XmlFragment {
  if (tag === 'Recording') return xml`<tt:Recording>${content}</tt:Recording>`;
  return tag === 'Search' ? xml`<tt:Search>${content}</tt:Search>` : xml`<tt:Replay>${content}</tt:Replay>`;
}

function scopesOf(device: DeviceModel): string[] {
  const base = 'onvif://www.onvif.org';
  const profiles = ['Streaming', ...(device.services.has('replay') ? ['G'] : [])];
  return [
    `${base}/type/${device.channels.length > 1 ? 'Network_Video_Storage' : 'video_encoder'}`,
    `${base}/name/${encodeURIComponent(device.identity.model)}`,
    `${base}/hardware/${encodeURIComponent(device.identity.hardware_id)}`,
    ...profiles.map((profile) => `${base}/Profile/${profile}`),
  ];
}
