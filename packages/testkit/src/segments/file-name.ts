/** Vietnam keeps UTC+7 all year. */
const VIETNAM_OFFSET_MS = 7 * 3600 * 1000;

/**
 * Name of a file that begins at a device time, in Vietnam time by the device's clock, in the letters of
 * MediaMTX's `recordPath`: `%Y %m %d %H %M %S` and `%f` for microseconds.
 */
export function segmentFileName(pattern: string, device_time_us: number): string {
  const time_ms = Math.floor(device_time_us / 1000);
  const at = new Date(time_ms + VIETNAM_OFFSET_MS);
  const microsecond = at.getUTCMilliseconds() * 1000 + (device_time_us - time_ms * 1000);
  const fields: Readonly<Record<string, readonly [number, number]>> = {
    Y: [at.getUTCFullYear(), 4],
    m: [at.getUTCMonth() + 1, 2],
    d: [at.getUTCDate(), 2],
    H: [at.getUTCHours(), 2],
    M: [at.getUTCMinutes(), 2],
    S: [at.getUTCSeconds(), 2],
    f: [microsecond, 6],
  };
  return pattern.replaceAll(/%([YmdHMSf])/g, (_, letter: string) => {
    const [value, width] = fields[letter]!;
    return String(value).padStart(width, '0');
  });
}
