/** One channel of a device behind which a household's camera is or was registered. */
export interface HouseholdDeviceTable {
  network_id: string;
  /** `deviceKey` of the address. */
  device_key: string;
  camera_id: string;
  /** Empty: the camera named no channel. */
  channel: string;
  /** Null: the device is the household's still. */
  released_at_ms: number | null;
  released_by_person_id: string | null;
}
