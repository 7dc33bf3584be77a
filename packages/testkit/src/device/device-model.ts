import type { XmlElement } from '../soap/xml-reader.ts';
import type { XmlFragment } from '../soap/xml-template.ts';
import type { DeviceClock } from '../time/device-clock.ts';
import type { DeviceChannel } from './channel.ts';
import type { DeviceFaults } from './faults.ts';
import type { DeviceQuirks } from './quirks.ts';
import type { SearchSessions } from './search-sessions.ts';

/** The label on the box. */
export interface DeviceIdentity {
  readonly manufacturer: string;
  readonly model: string;
  readonly firmware_version: string;
  readonly serial_number: string;
  readonly hardware_id: string;
}

/** What an encrypting device shows of itself, both as PEM. */
export interface DeviceCertificate {
  readonly key: string;
  readonly cert: string;
}

/** Services that a device may lack. */
export type OptionalService = 'recording' | 'search' | 'replay';

/** Everything the services answer from. */
export interface DeviceModel {
  readonly identity: DeviceIdentity;
  readonly clock: DeviceClock;
  readonly channels: readonly DeviceChannel[];
  readonly services: ReadonlySet<OptionalService>;
  readonly searches: SearchSessions;
  readonly faults: DeviceFaults;
  readonly quirks: DeviceQuirks;
  /** Step in which search answers give times: 1, or 1000 for recorders that know whole seconds only. */
  readonly search_resolution_ms: number;
  /** `https` for devices that answer nothing else (quirk 17). */
  readonly scheme: 'http' | 'https';
  readonly stream_scheme: 'rtsp' | 'rtsps';
  readonly rtsp_port: () => number;
}

/** One call to a service. */
export interface ServiceCall {
  readonly device: DeviceModel;
  readonly body: XmlElement;
  /** `host:port` under which the client reached the device, or what the device wrongly advertises. */
  readonly host: string;
}

/** Operations of a service by name. */
export type ServiceOperations = Readonly<Record<string, (call: ServiceCall) => XmlFragment>>;
