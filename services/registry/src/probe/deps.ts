import type { DeviceAddress, DeviceClient, ReplayClient } from '@minhchung/domain';
import type { HostClock } from './clock-finding.ts';
import type { ProbedCertificate } from './report.ts';

/** What reaches devices for those who try them; handed in by whoever composes the product. */
export interface ProbeTools {
  /** `onCertificate`: told of the certificate the device shows, before anything is sent to it. */
  readonly openDevice: (
    address: DeviceAddress,
    onCertificate?: (certificate: ProbedCertificate) => void,
  ) => DeviceClient;
  readonly hostClock: () => Promise<HostClock>;
  /** Plays recorders, for calibrating them; its pictures are neither kept nor shown. */
  readonly replay: ReplayClient;
  /** The bytes a device gives as its still, under guard and limits. */
  readonly fetchStill: (uri: string, address: DeviceAddress, signal: AbortSignal) => Promise<Uint8Array>;
  /** Decodes them and encodes them anew. */
  readonly encodeStill: (bytes: Uint8Array) => Promise<Uint8Array>;
  /**
   * Asks by multicast which devices are there. `interface_name` null: the first one that is configured. Throws
   * `DISCOVERY_OFF`, `DISCOVERY_INTERFACE`.
   */
  readonly discover: (interface_name: string | null, signal: AbortSignal) => Promise<readonly MetDevice[]>;
}

/** A device that answered, as far as its answer can be believed: whoever is in the network may send one. */
export interface MetDevice {
  /** Where the answer came from. */
  readonly address: string;
  readonly device_url: string | null;
  readonly name: string | null;
  readonly hardware: string | null;
  readonly location: string | null;
}
