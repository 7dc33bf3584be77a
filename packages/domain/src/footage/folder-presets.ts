/** A layout that a well-known recorder writes by itself. */
export interface FolderPreset {
  readonly pattern: string;
  /** The zone its names are in, where the recorder leaves no choice; null: that of its machine. */
  readonly zone: 'UTC' | null;
}

/**
 * Layouts by name, for a register that should not have to know their letters. `%path` is the folder of the camera.
 * `files`: names tell no time; it is taken from what the file says of itself, or from when it was written last.
 */
export const FOLDER_PRESETS: Readonly<Record<string, FolderPreset>> = {
  mediamtx: { pattern: '%path/%Y-%m-%d_%H-%M-%S-%f%ext', zone: null },
  mediamtx_unix: { pattern: '%path/%s-%f%ext', zone: null },
  frigate: { pattern: '%Y-%m-%d/%H/%path/%M.%S%ext', zone: 'UTC' },
  ffmpeg: { pattern: '%Y-%m-%d_%H-%M-%S%ext', zone: null },
  ffmpeg_unix: { pattern: '%s%ext', zone: null },
  files: { pattern: '%*%ext', zone: null },
};

/**
 * The pattern and zone that a layout means. Of a preset with `%path` and a camera that names no folder of its own,
 * the recorder's folder is taken for the camera's.
 */
export function folderLayoutOf<Zone extends string>(
  layout: { readonly pattern: string; readonly zone: Zone },
  path: string,
): { readonly pattern: string; readonly zone: Zone | 'UTC' } {
  const preset = Object.hasOwn(FOLDER_PRESETS, layout.pattern) ? FOLDER_PRESETS[layout.pattern] : undefined;
  if (preset === undefined) return layout;
  const pattern = path === '' ? preset.pattern.replace('%path/', '') : preset.pattern;
  return { pattern, zone: preset.zone ?? layout.zone };
}
