import type { ManifestFile } from './manifest-parts.ts';

/**
 * One track of AAC in a master. The device time of a packet is that of the master's first frame plus the packet's time
 * in the file: nothing was stamped anew, and what was not recorded stays a hole.
 */
export interface ManifestAudioTrack {
  readonly codec: 'aac';
  /** Rate of the core coder. */
  readonly sample_rate_hz: number;
  readonly channel_count: number;
  readonly packet_count: number;
  /** First sample of the first packet, which may begin before the master's first frame. */
  readonly first_device_time_us: number;
  /** End of the last packet. */
  readonly end_device_time_us: number;
  /** Packets that end before the device span of the search, overlap it, or begin after it. */
  readonly packets_before: number;
  readonly packets_inside: number;
  readonly packets_after: number;
  /** Where nothing was recorded for longer than 100 ms; the first thousand. */
  readonly holes: readonly ManifestHole[];
  readonly hole_count: number;
}

/** Device time. */
export interface ManifestHole {
  readonly start_us: number;
  readonly end_us: number;
}

/** Sound beside a master, in a WAVE file: samples without a break. A hole is where one ends before the next begins. */
export interface ManifestAudioFile extends ManifestFile {
  /** The master whose pictures it overlaps. */
  readonly master_name: string;
  /** G.711: µ-law or A-law. */
  readonly codec: 'pcmu' | 'pcma';
  readonly sample_rate_hz: number;
  readonly channel_count: number;
  readonly sample_count: number;
  readonly first_sample_device_time_us: number;
  /** Samples before, inside and after the device span of the master's search. */
  readonly samples_before: number;
  readonly samples_inside: number;
  readonly samples_after: number;
}

/** Documents of a device's metadata track, one a line with its device time. */
export interface ManifestMetadataFile extends ManifestFile {
  /** Index of the search that found it; all documents lie in its device span. */
  readonly search: number;
  readonly document_count: number;
  readonly first_device_time_us: number;
  readonly last_device_time_us: number;
  /** Documents too large to be kept. */
  readonly left_out_count: number;
}
