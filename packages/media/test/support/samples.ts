import { run } from './run.ts';

/** How a sample is coded. */
export interface SampleOptions {
  readonly codec?: 'h264' | 'h265';
  readonly seconds?: number;
  readonly b_frames?: number;
  readonly gop?: number;
  readonly open_gop?: boolean;
  readonly size?: string;
  readonly rate?: number;
  /** Filters after the picture source, e.g. a `select` that drops frames. */
  readonly filter?: string;
  /** Arguments of the muxer. */
  readonly muxer?: readonly string[];
}

/** Variable frame rate: every seventh frame and a few in a row are missing. */
export const VARIABLE_RATE = "select='mod(n,7)*lt(mod(n,31),26)'";
/** Nothing between two frames for 1.24 s, as a camera that only codes motion leaves it. */
export const LONG_PAUSE = "select='not(between(n,30,59))'";
export const LONG_PAUSE_TICKS = 31 * 3_600;

/** Makes a small moving picture with ffmpeg; the container follows from the name. Every group carries SEI. */
export async function makeSample(path: string, options: SampleOptions = {}): Promise<string> {
  const { codec = 'h264', seconds = 4, b_frames = 3, gop = 25, size = '176x144', rate = 25 } = options;
  const open = options.open_gop ? 1 : 0;
  const coding =
    codec === 'h264'
      ? [
          ...['-c:v', 'libx264', '-preset', 'veryfast', '-bf', `${b_frames}`, '-g', `${gop}`],
          '-x264-params',
          `nal-hrd=vbr:vbv-maxrate=400:vbv-bufsize=400:open-gop=${open}:scenecut=0:b-pyramid=normal`,
        ]
      : [
          ...['-c:v', 'libx265', '-preset', 'ultrafast', '-bf', `${b_frames}`],
          '-x265-params',
          `log-level=error:hash=1:hrd=1:vbv-maxrate=400:vbv-bufsize=400:keyint=${gop}:min-keyint=${gop}:open-gop=${open}:scenecut=0:repeat-headers=1`,
        ];
  await run(
    'ffmpeg',
    ...['-v', 'error', '-y', '-f', 'lavfi', '-i', `testsrc2=s=${size}:r=${rate}:d=${seconds}`],
    ...['-vf', options.filter ?? 'null', '-fps_mode', 'passthrough', '-enc_time_base', '1:90000'],
    ...['-pix_fmt', 'yuv420p', '-maxrate', '400k', '-bufsize', '400k'],
    ...coding,
    ...(options.muxer ?? []),
    path,
  );
  return path;
}
