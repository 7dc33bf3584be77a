import type { PlaybackVendor } from '../vocabulary/playback.ts';

/** The makers' own addresses; of a device that differs the template is typed in. `generic` has none. */
export const PLAYBACK_PRESETS: Readonly<Record<Exclude<PlaybackVendor, 'generic'>, string>> = {
  hikvision: '/Streaming/tracks/{channel}01?starttime={start:compact_z}&endtime={end:compact_z}',
  dahua: '/cam/playback?channel={channel}&starttime={start:underscore}&endtime={end:underscore}',
  uniview: '/c{channel}/b{start:unix_s}/e{end:unix_s}/replay/',
};

/** The template of a maker, or the one typed in its place. Null: a `generic` device without one. */
export function templateOf(vendor: PlaybackVendor, typed: string | null): string | null {
  if (typed !== null) return typed;
  return vendor === 'generic' ? null : PLAYBACK_PRESETS[vendor];
}
