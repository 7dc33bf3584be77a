import { EncodedPacketSink, Input, MP4 } from 'mediabunny';
import { openFileSource } from './file-source.ts';
import { reasonOf, unreadable } from './unreadable.ts';

/** Size and presentation times of a master, read from its index without touching a frame. */
export interface FrameTimes {
  readonly width: number;
  readonly height: number;
  /** Time of the frame on screen at a time, in microseconds; of the first frame for times before it. */
  shownAt(time_us: number): Promise<number>;
  close(): Promise<void>;
}

/** Opens the index of a master. Throws `MEDIA_UNREADABLE`. */
export async function openFrameTimes(master_path: string, signal: AbortSignal): Promise<FrameTimes> {
  signal.throwIfAborted();
  const source = await openFileSource(master_path).catch((error: unknown) => {
    throw unreadable(master_path, reasonOf(error), error);
  });
  const input = new Input({ formats: [MP4], source });
  try {
    const track = await input.getPrimaryVideoTrack();
    if (track === null) throw new Error('no video in it');
    const sink = new EncodedPacketSink(track);
    const first_time_s = await track.getFirstTimestamp();
    return {
      width: await track.getCodedWidth(),
      height: await track.getCodedHeight(),
      async shownAt(time_us) {
        const packet = await sink.getPacket(time_us / 1e6, { metadataOnly: true });
        return Math.round((packet?.timestamp ?? first_time_s) * 1e6);
      },
      async close() {
        input.dispose();
      },
    };
  } catch (error) {
    input.dispose();
    throw unreadable(master_path, reasonOf(error), error);
  }
}
