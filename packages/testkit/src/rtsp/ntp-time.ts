const NTP_EPOCH_OFFSET_S = 2_208_988_800;

/** 64-bit NTP time (RFC 5905) of microseconds since 1970, rounded to the nearest fraction. */
export function writeNtpTime(target: Buffer, at: number, time_us: number): void {
  const seconds = Math.floor(time_us / 1_000_000);
  const fraction = Math.round(((time_us - seconds * 1_000_000) * 2 ** 32) / 1_000_000);
  target.writeUInt32BE((seconds + NTP_EPOCH_OFFSET_S) % 2 ** 32, at);
  target.writeUInt32BE(fraction, at + 4);
}
