export interface OwnerTable {
  id: string;
  name: string;
  phone: string | null;
  address: string | null;
}

/** One clock that stamps something. */
export interface ClockTable {
  id: string;
  name: string;
  kind: 'recorder' | 'camera' | 'host';
}

/** Where footage lies. The three folder columns are all set or all null. */
export interface RecorderTable {
  id: string;
  code: string;
  name: string;
  unit_id: string;
  network_id: string;
  kind: 'onvif' | 'folder';
  /** ONVIF device service without user information. */
  device_url: string | null;
  /** `deviceKey` of the address, compared within a network; null without one. */
  device_key: string | null;
  folder_path: string | null;
  folder_pattern: string | null;
  folder_zone: 'Asia/Ho_Chi_Minh' | 'UTC' | null;
  /** Set: played at an address of its maker's own, whatever `kind` says. Goes with template and channel. */
  playback_vendor: 'hikvision' | 'dahua' | 'uniview' | 'generic' | null;
  playback_template: string | null;
  playback_channel: number | null;
  playback_rtsp_port: number | null;
  /** JSON of a `PlaybackFinding`; null: not calibrated. */
  playback_finding: string | null;
  clock_id: string;
  created_at_ms: number;
}

/** The device account of a recorder, sealed by a key outside the database. */
export interface RecorderCredentialTable {
  recorder_id: string;
  /** Versioned sealed text of `SecretBox`. */
  sealed: string;
  sealed_at_ms: number;
  /** The key it is sealed with; null: sealed before keys had names. */
  key_id: string | null;
}

/** The account of a device entered for one item of a lawful order. */
export interface ItemCredentialTable {
  item_id: string;
  sealed: string;
  sealed_at_ms: number;
  key_id: string | null;
}

/** The key everything is sealed with: one row. */
export interface SealingKeyTable {
  /** Always 1. */
  id: number;
  /** Null: it was never changed, and nobody asks. */
  key_id: string | null;
}

/** A video source of a recorder. */
export interface RecorderChannelTable {
  recorder_id: string;
  source_token: string;
  name: string | null;
  seen_at_ms: number;
}

/** One lens. Degrees are WGS 84. */
export interface CameraTable {
  id: string;
  code: string;
  name: string;
  unit_id: string;
  site_id: string | null;
  kind: 'community' | 'household';
  owner_id: string | null;
  latitude_deg: number;
  longitude_deg: number;
  /** Both null or both set. */
  aim_latitude_deg: number | null;
  aim_longitude_deg: number | null;
  field_of_view_deg: number | null;
  range_m: number | null;
  mounting: 'wall' | 'pole' | 'ceiling' | 'roof' | 'gate' | 'indoor' | 'other' | null;
  reach: 'polled' | 'ward_box' | 'owner_only';
  recorder_id: string;
  source_token: string | null;
  created_at_ms: number;
  retired_at_ms: number | null;
  /** Code, name and owner, folded by `foldText`: what a search compares with. */
  search_text: string;
}

/** What an owner allows. */
export interface AgreementTable {
  id: string;
  camera_id: string;
  mode: 'automatic' | 'ask_first';
  /** JSON array of texts. */
  purposes: string;
  /** 0/1: sound may be taken where a request names it. */
  allows_audio: number;
  /** Minutes after midnight in Vietnam time, half-open; both null: any hour. */
  from_minute: number | null;
  to_minute: number | null;
  valid_from_ms: number;
  valid_to_ms: number | null;
  confirmed_at_ms: number;
  /** Both null or both set. */
  notice_at_ms: number | null;
  notice_how: string | null;
  /** Null: the owner. */
  power_host: string | null;
  network_host: string | null;
  withdrawn_at_ms: number | null;
}
