import type { PlaybackSettings } from './playback.ts';

/** A point on earth, WGS 84 degrees. */
export interface Position {
  readonly latitude_deg: number;
  readonly longitude_deg: number;
}

/** A community camera scheme ("mô hình") launched in a ward. */
export interface Scheme {
  readonly id: string;
  readonly unit_id: string;
  readonly code: string;
  readonly name: string;
  readonly launched_at_ms: number;
  readonly status: 'active' | 'ended';
  /** Set with the status `ended`. */
  readonly ended_at_ms: number | null;
}

/** A replication point ("điểm nhân rộng") of a scheme. */
export interface Site {
  readonly id: string;
  readonly scheme_id: string;
  readonly code: string;
  readonly name: string;
}

/** From where devices can be reached: a ward's camera LAN, a household's router. */
export interface Network {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  /** Where its devices may be (CIDR texts); absent or empty: wherever the deployment allows devices. */
  readonly cidrs?: readonly string[];
}

/** Who can reach the device: this system, a box in its LAN, or only its owner. */
export type Reach = 'polled' | 'ward_box' | 'owner_only';

export type CameraKind = 'community' | 'household';

/** What a lens is mounted on or in; null at a camera: not said. */
export const MOUNTINGS = ['wall', 'pole', 'ceiling', 'roof', 'gate', 'indoor', 'other'] as const;
export type Mounting = (typeof MOUNTINGS)[number];

/** One lens. */
export interface Camera {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly unit_id: string;
  readonly site_id: string | null;
  readonly kind: CameraKind;
  readonly owner_id: string | null;
  readonly position: Position;
  /** The point on the ground the lens looks at; with the field of view it makes the view cone. */
  readonly aim_point: Position | null;
  readonly field_of_view_deg: number | null;
  readonly range_m: number | null;
  readonly mounting: Mounting | null;
  readonly reach: Reach;
  readonly recorder_id: string;
  /** Video source token at the recorder; null for a recorder with a single source. */
  readonly source_token: string | null;
  readonly created_at_ms: number;
  readonly retired_at_ms: number | null;
}

export const RECORDER_KINDS = ['onvif', 'folder', 'playback_url'] as const;
export type RecorderKind = (typeof RECORDER_KINDS)[number];

/**
 * Where the footage lies: an ONVIF recorder (NVR, or the camera's own card), a folder of files, or a recorder that
 * plays at an address of its maker's own.
 */
export interface Recorder {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly unit_id: string;
  readonly network_id: string;
  readonly kind: RecorderKind;
  /**
   * ONVIF device service of the device to poll; of a `playback_url` recorder without ONVIF its `rtsp:` address. For a
   * folder: the device whose clock names the files.
   * Null when nothing can be polled.
   */
  readonly device_url: string | null;
  readonly folder: FolderLayout | null;
  /** Of kind `playback_url`, and of no other; absent or null: none. */
  readonly playback?: PlaybackSettings | null;
  /** The clock that stamps what this recorder keeps. */
  readonly clock_id: string;
  readonly created_at_ms: number;
}

/** How a recording folder tells the time of its files. */
export interface FolderLayout {
  /** Absolute path on the machine that reads it. */
  readonly path: string;
  /** strftime-like pattern relative to the path, e.g. `%Y-%m-%d_%H-%M-%S-%f.mp4`. */
  readonly pattern: string;
  /** The zone the file names are in: the device's local time, or UTC. */
  readonly zone: 'Asia/Ho_Chi_Minh' | 'UTC';
}

/** A video source of a recorder, as a probe or a poll saw it. */
export interface RecorderChannel {
  readonly recorder_id: string;
  readonly source_token: string;
  /** As the device names it. */
  readonly name: string | null;
  readonly seen_at_ms: number;
}

/** One clock that stamps something. Offsets belong to clocks, not to cameras. */
export interface Clock {
  readonly id: string;
  readonly name: string;
  readonly kind: 'recorder' | 'camera' | 'host';
}

/** A camera's owner: a household or an organisation. */
export interface Owner {
  readonly id: string;
  readonly name: string;
  readonly phone: string | null;
  readonly address: string | null;
}

/** What an owner allows (bản thoả thuận / cam kết). */
export interface Agreement {
  readonly id: string;
  readonly camera_id: string;
  readonly mode: 'automatic' | 'ask_first';
  readonly purposes: readonly string[];
  /** Sound may be taken where a request names it. What an owner did not say is not allowed. */
  readonly allows_audio: boolean;
  /** Hours of the day in Vietnam time, minutes after midnight, half-open; null: any hour. */
  readonly hours: { readonly from_minute: number; readonly to_minute: number } | null;
  readonly valid_from_ms: number;
  readonly valid_to_ms: number | null;
  readonly confirmed_at_ms: number;
  /** When and how people were told of the recording; null: not recorded. */
  readonly notice: { readonly given_at_ms: number; readonly how: string } | null;
  /** Who provides power and network where that is somebody other than the owner; null: the owner. */
  readonly power_host: string | null;
  readonly network_host: string | null;
  readonly withdrawn_at_ms: number | null;
}

export const CAMERA_STATES = ['online', 'degraded', 'offline', 'refused', 'unknown'] as const;
export type CameraState = (typeof CAMERA_STATES)[number];

/** An interval during which polls kept seeing the same state. `until_ms` is the last poll that saw it. */
export interface Observation {
  readonly id: string;
  readonly camera_id: string;
  readonly state: CameraState;
  /** Stable code of why (`ok`, `connection_refused`, `timeout`, `credentials_refused`, `not_recording`, …). */
  readonly reason: string;
  readonly from_ms: number;
  readonly until_ms: number;
}

/** What time span a recorder still holds for one camera, in device time, as last seen. */
export interface Coverage {
  readonly camera_id: string;
  readonly observed_at_ms: number;
  readonly retained_from_device_ms: number | null;
  readonly retained_to_device_ms: number | null;
}
