import type { Bilingual, DeviceDescription, MediaProfile, OffsetInterval } from '@minhchung/domain';

export const PROBE_LEVELS = ['ok', 'attention', 'problem'] as const;
/** How a finding stands: nothing to do, look at it, or nothing works until it is mended. */
export type ProbeLevel = (typeof PROBE_LEVELS)[number];

export const PROBE_STEPS = [
  'address',
  'connection',
  'account',
  'clock',
  'profiles',
  'streams',
  'recordings',
  'replay',
] as const;
/** What was tried, in this order. */
export type ProbeStep = (typeof PROBE_STEPS)[number];

/** One thing found out, in words for the person on the spot. */
export interface ProbeFinding {
  readonly step: ProbeStep;
  readonly level: ProbeLevel;
  /** Stable, for programs: an error code of the catalogue, or a word of its own (`no_profile_g`). */
  readonly code: string;
  /** What was found and what it means. */
  readonly text: Bilingual;
  /** The next thing to try; null: nothing to do. */
  readonly next: Bilingual | null;
}

/** A profile with its live address. */
export interface ProbedProfile extends MediaProfile {
  readonly stream_uri: string | null;
}

/** One lens of the device: a video source, what it offers, and what of it is recorded. */
export interface ProbedChannel {
  readonly source_token: string;
  readonly name: string;
  readonly profiles: readonly ProbedProfile[];
  readonly recording_token: string | null;
  readonly replay_uri: string | null;
  /** By the device's own clock. */
  readonly recorded_from_device_ms: number | null;
  readonly recorded_to_device_ms: number | null;
  /** Days between the oldest and the newest recording; null: nothing is recorded or nothing is said. */
  readonly held_days: number | null;
}

/** The certificate of an `https://` device. */
export interface ProbedCertificate {
  /** SHA-256 of its DER, lower-case hex: to be compared on the device itself. */
  readonly fingerprint_sha256: string;
  /** A public authority vouches for it and for the host name. */
  readonly is_vouched_for: boolean;
  readonly valid_from_ms: number;
  readonly valid_to_ms: number;
}

/**
 * What can be said already of a device that is not registered, under the names that registering a recorder and its
 * cameras takes. Codes and names are proposals; unit, kind and position are for the person to add.
 */
export interface ProbePrefill {
  readonly recorder: {
    readonly code: string;
    readonly name: string;
    readonly kind: 'onvif';
    readonly device_url: string;
    readonly network_id?: string;
  };
  /** One per channel. */
  readonly cameras: readonly {
    readonly code: string;
    readonly name: string;
    readonly source_token: string;
    readonly reach: 'polled';
  }[];
}

/** Device clock minus true time. */
export interface ProbedClock extends OffsetInterval {
  readonly readings: number;
  readonly method: string;
}

/** What a trial of one device brought to light. */
export interface ProbeReport {
  readonly device_url: string;
  readonly started_at_ms: number;
  readonly duration_ms: number;
  /** The worst of the findings. */
  readonly level: ProbeLevel;
  readonly findings: readonly ProbeFinding[];
  readonly device: DeviceDescription | null;
  readonly clock: ProbedClock | null;
  readonly channels: readonly ProbedChannel[];
  /** Null: not an `https://` address, or no connection came about. */
  readonly certificate: ProbedCertificate | null;
}
