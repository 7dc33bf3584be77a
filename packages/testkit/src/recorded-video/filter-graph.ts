import { burnedClockLayout } from '../burned-clock/layout.ts';
import { type PictureSize, streetScene } from './street-scene.ts';

/** Vietnam keeps UTC+7 all year; the human-readable clock shows it. */
const VIETNAM_OFFSET_S = 7 * 3600;

/** What the camera looks at: a drawn street, or any video file (input 1 of ffmpeg). */
export type Scene =
  | { readonly kind: 'street'; readonly variant: number }
  | { readonly kind: 'file'; readonly path: string; readonly mirrored?: boolean };

/**
 * The filter graph of a camera. Input 0 is the strip of burned-clock cells, one pixel each, whose times are
 * milliseconds since `base_true_s`; every frame of the result has one of its times. `name.txt` in the working
 * folder holds the camera's name, so that no name is ever part of a filter description.
 */
export function cameraFilterGraph(options: {
  readonly size: PictureSize;
  readonly scene: Scene;
  readonly font_path: string | null;
  readonly base_true_s: number;
}): string {
  const { size } = options;
  const strip = burnedClockLayout(size);
  const lines = [
    `[0:v]scale=${strip.width_px}:${strip.height_px}:flags=neighbor,format=yuv420p,split[strip1][strip2]`,
    `[strip1]pad=${size.width}:${size.height}[canvas]`,
    ...(options.scene.kind === 'street'
      ? streetScene(size, options.scene.variant)
      : fileScene(size, options.scene)),
    `[scene]${labels(options)}[labelled]`,
    '[labelled][strip2]overlay=0:0,format=yuv420p[out]',
  ];
  return lines.join(';\n');
}

function fileScene(size: PictureSize, scene: { readonly mirrored?: boolean }): string[] {
  const fit = `scale=${size.width}:${size.height}:force_original_aspect_ratio=increase,crop=${size.width}:${size.height}`;
  const mirror = scene.mirrored ? ',hflip' : '';
  return [
    `[1:v]setpts=PTS-STARTPTS,${fit}${mirror},setsar=1,format=yuv420p[file]`,
    '[canvas][file]overlay=0:0[scene]',
  ];
}

function labels(options: { size: PictureSize; font_path: string | null; base_true_s: number }): string {
  if (!options.font_path) return 'null';
  const size_px = Math.max(10, Math.round(options.size.height / 22));
  const style = `fontfile='${options.font_path}':fontsize=${size_px}:fontcolor=white:box=1:boxcolor=black@0.5:boxborderw=2`;
  const base_s = options.base_true_s + VIETNAM_OFFSET_S;
  const date = `%{pts\\:gmtime\\:${base_s}\\:%Y-%m-%d %H\\\\\\:%M\\\\\\:%S}`;
  const milliseconds = '%{eif\\:mod(round(t*1000)\\,1000)\\:d\\:3}';
  const margin = Math.round(size_px / 2);
  return [
    `drawtext=${style}:x=${margin}:y=h-${2 * size_px}:text='${date}.${milliseconds} +07'`,
    `drawtext=${style}:x=${margin}:y=h-${3 * size_px + 2 * margin}:textfile=name.txt:expansion=none`,
  ].join(',');
}
