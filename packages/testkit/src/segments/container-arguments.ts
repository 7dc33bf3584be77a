/** Containers in which recorders keep files. `fmp4` is MP4 in fragments, as MediaMTX writes it. */
export type SegmentContainer = 'fmp4' | 'mp4' | 'mkv' | 'ts';

const ARGUMENTS: Readonly<Record<SegmentContainer, readonly string[]>> = {
  fmp4: ['-f', 'mp4', '-movflags', '+frag_keyframe+delay_moov+default_base_moof'],
  mp4: ['-f', 'mp4'],
  mkv: ['-f', 'matroska'],
  ts: ['-f', 'mpegts', '-muxdelay', '0', '-muxpreload', '0'],
};

/** Arguments with which ffmpeg puts a Matroska stream from its input into a container, without re-encoding. */
export function containerArguments(container: SegmentContainer, output_name: string): string[] {
  return [
    ...['-hide_banner', '-nostats', '-v', 'error', '-y', '-f', 'matroska', '-i', 'pipe:0', '-c', 'copy'],
    // 90,000 ticks a second hold every millisecond exactly.
    ...['-video_track_timescale', '90000', ...ARGUMENTS[container], `file:${output_name}`],
  ];
}
