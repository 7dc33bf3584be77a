import type { SecretBox } from '../secret-box.ts';

/** What signs in at a device. Exists in memory only; the database holds it sealed. */
export interface DeviceCredentials {
  readonly username: string;
  readonly password: string;
}

export interface CredentialRepository {
  /** Seals and stores, replacing what was there. */
  set(recorder_id: string, credentials: DeviceCredentials, box: SecretBox, at_ms: number): Promise<void>;
  /** Null when the recorder has none. Throws `SECRET_UNREADABLE`. */
  open(recorder_id: string, box: SecretBox): Promise<DeviceCredentials | null>;
  has(recorder_id: string): Promise<boolean>;
  /** True when there was something to destroy. */
  destroy(recorder_id: string): Promise<boolean>;
}
