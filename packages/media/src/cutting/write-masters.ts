import { type ArchiveWriter, CodedError, type FootageEvent, LIMITS, type Span } from '@minhchung/domain';
import { MEDIA_LIMITS } from '../limits.ts';
import { cutFootage } from './cut-footage.ts';
import { MasterInProgress, type MasterResult } from './master-in-progress.ts';

/** How far a cut has come. */
export interface CutProgress {
  readonly bytes_written: number;
  /** Device time of the newest packet taken. */
  readonly device_time_us: number;
}

export interface WriteMastersRequest {
  readonly events: AsyncIterable<FootageEvent>;
  /** What is wanted, in device time. */
  readonly device_span: Span;
  /** Opens the object of master `index` (from 0). Called only once the master has its first frame. */
  readonly openSink: (index: number) => Promise<ArchiveWriter>;
  /** Default: the domain's shortest gap. */
  readonly gap_min_ms?: number;
  readonly signal: AbortSignal;
  /** Called at every keyframe. */
  readonly on_progress?: (progress: CutProgress) => void;
}

export interface WriteMastersResult {
  readonly masters: readonly MasterResult[];
  /** Wanted packets that no keyframe preceded, left out because nothing can decode them. */
  readonly undecodable_packet_count: number;
}

/**
 * Cuts footage and writes its masters, each byte flowing once. Masters are committed one after the other as
 * they end; on any error, cancellation included, the one being written is aborted and the error passed on, and
 * it is for the caller to discard those already committed.
 *
 * Throws `CANCELLED`, `MEDIA_LIMIT`, and whatever the source or the sink throws.
 */
export async function writeMasters(request: WriteMastersRequest): Promise<WriteMastersResult> {
  const { device_span, signal, gap_min_ms = LIMITS.gap_min_ms } = request;
  const masters: MasterResult[] = [];
  let undecodable_packet_count = 0;
  let finished_bytes = 0;
  let current: MasterInProgress | null = null;
  try {
    for await (const event of cutFootage(request.events, device_span, { gap_min_ms })) {
      if (signal.aborted) throw new CodedError('CANCELLED');
      if (event.type === 'undecodable') {
        undecodable_packet_count++;
      } else if (event.type === 'master') {
        if (masters.length >= MEDIA_LIMITS.masters_max) {
          throw new CodedError('MEDIA_LIMIT', {
            what: 'tệp mỗi lần cắt (files a cut)',
            limit: MEDIA_LIMITS.masters_max,
          });
        }
        current = new MasterInProgress(event.stream, await request.openSink(masters.length));
      } else if (event.type === 'packet') {
        await current!.write(event.packet);
        if (event.packet.is_keyframe) {
          request.on_progress?.({
            bytes_written: finished_bytes + current!.bytes_taken,
            device_time_us: event.packet.device_time_us,
          });
        }
      } else {
        const result = await current!.finish(masters.length, device_span, gap_min_ms);
        current = null;
        masters.push(result);
        finished_bytes += result.size_bytes;
      }
    }
  } catch (error) {
    // What went wrong first is what matters; an object that cannot be aborted is found by the archive's check.
    await current?.abort().catch(() => undefined);
    throw error;
  }
  return { masters, undecodable_packet_count };
}
