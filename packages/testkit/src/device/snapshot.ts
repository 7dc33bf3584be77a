import { startTool } from '../process/run-tool.ts';
import { toAnnexB } from '../recorded-video/nal-units.ts';
import type { DeviceChannel } from './channel.ts';

/** A JPEG of the channel's newest keyframe; null when nothing is held. Throws `TOOL_MISSING`, `TOOL_FAILED`. */
export async function takeSnapshot(channel: DeviceChannel): Promise<Buffer | null> {
  const newest = channel.timeline().units.findLast((unit) => unit.is_keyframe);
  if (!newest) return null;
  const format = channel.footage.stream.codec === 'h264' ? 'h264' : 'hevc';
  const ffmpeg = startTool('ffmpeg', [
    ...['-v', 'error', '-f', format, '-i', 'pipe:0', '-frames:v', '1', '-f', 'mjpeg', '-q:v', '4', 'pipe:1'],
  ]);
  for await (const unit of channel.footage.units(newest.index, newest.index + 1))
    ffmpeg.stdin.end(toAnnexB(unit.data));
  const chunks: Buffer[] = [];
  for await (const chunk of ffmpeg.stdout as AsyncIterable<Buffer>) chunks.push(chunk);
  await ffmpeg.finished;
  return Buffer.concat(chunks);
}
