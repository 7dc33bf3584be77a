/** A city of simulated recorders, cheap enough to be many: what there is to be simulated (pure). */

/** What is wrong with a device. `silent` takes the connection and never answers; `refusing` refuses every account. */
export const DEVICE_TROUBLES = ['slow', 'silent', 'closed', 'refusing', 'garbage'] as const;
export type DeviceTrouble = (typeof DEVICE_TROUBLES)[number];

export interface CityOptions {
  readonly devices: number;
  /** Number of the first device: several processes make one city. */
  readonly first: number;
  readonly channels_per_device: number;
  readonly sign_in: 'http_digest' | 'ws_security';
  readonly username: string;
  readonly password: string;
  /** Shares of the devices, 0 … 1, spread evenly. */
  readonly troubles: Readonly<Partial<Record<DeviceTrouble, number>>>;
  /** How long a slow device thinks about every answer. */
  readonly slow_ms: number;
}

/** One device: its own loopback address, so that it has its own connections. */
export interface CityDevice {
  readonly number: number;
  readonly host: string;
  readonly trouble: DeviceTrouble | null;
  /** Device clock minus true time. */
  readonly clock_offset_ms: number;
}

const FIRST_BLOCK = 16;
const BLOCK_SIZE = 65_536;
const OFFSET_MAX_MS = 3_600_000;

/** The device of a number: the same one every time. */
export function cityDevice(options: CityOptions, number: number): CityDevice {
  const block = FIRST_BLOCK + Math.floor(number / BLOCK_SIZE);
  return {
    number,
    host: `127.${block}.${(number >> 8) & 255}.${number & 255}`,
    trouble: troubleOf(options, number),
    clock_offset_ms: spread(number + 7) * 2 * OFFSET_MAX_MS - OFFSET_MAX_MS,
  };
}

function troubleOf({ troubles }: CityOptions, number: number): DeviceTrouble | null {
  let at = spread(number);
  for (const trouble of DEVICE_TROUBLES) {
    at -= troubles[trouble] ?? 0;
    if (at < 0) return trouble;
  }
  return null;
}

/** Between 0 and 1, evenly over any run of numbers (the golden ratio's multiples). */
function spread(number: number): number {
  return (number * 0.618_033_988_749_895) % 1;
}

/** Token of the video source of a channel, counted from 1. */
export function sourceToken(channel: number): string {
  return `VideoSource_${channel}`;
}
