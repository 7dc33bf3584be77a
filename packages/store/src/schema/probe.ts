/** A certificate a recorder has shown. */
export interface RecorderCertificateTable {
  recorder_id: string;
  /** Of the certificate in DER, lower-case hex. */
  fingerprint_sha256: string;
  first_seen_ms: number;
  /** 0: it was shown in place of the trusted one and refused. */
  is_trusted: number;
  /** The technician who confirmed it; null for one trusted on first use or by a public authority. */
  confirmed_by: string | null;
  /** Null: the one in force, or a refused one that still awaits a technician. */
  replaced_at_ms: number | null;
}

/** One still shown to one technician, never stored itself. */
export interface ProbeStillTable {
  id: string;
  at_ms: number;
  account_id: string;
  person_id: string;
  camera_id: string;
  allowed_by: 'community' | 'agreement' | 'owner_code';
}

/** A code by which an owner allows one look. */
export interface StillCodeTable {
  id: string;
  camera_id: string;
  /** Of camera id and code together, lower-case hex. */
  code_sha256: string;
  made_at_ms: number;
  expires_at_ms: number;
  used_at_ms: number | null;
  /** Wrong codes tried while it was the newest one. */
  failures: number;
}

/** One trial of one device by one account; kept for as long as it counts. */
export interface ProbeTrialTable {
  id: string;
  account_id: string;
  /** Host and port (`deviceKey`). */
  device_key: string;
  started_at_ms: number;
  /** A trial whose process died ends here. */
  lease_until_ms: number;
  ended_at_ms: number | null;
  /** Sealed digest of the name and password the device refused; null: it refused none. */
  refused_account: string | null;
}
