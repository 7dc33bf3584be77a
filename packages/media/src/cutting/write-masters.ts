import { type ArchiveWriter, CodedError, type FootageEvent, LIMITS, type Span } from '@minhchung/domain';
import { MEDIA_LIMITS } from '../limits.ts';
import { inStep } from '../sound/in-step.ts';
import { cutFootage } from './cut-footage.ts';
import { MasterInProgress, type MasterResult } from './master-in-progress.ts';
import { MetadataFile, type MetadataFileResult } from './metadata-file.ts';
import { shortBreaksOfCut } from './short-breaks.ts';

/** How far a cut has come. */
export interface CutProgress {
  readonly bytes_written: number;
  /** Device time of the newest packet taken. */
  readonly device_time_us: number;
}

/** A file beside the masters. */
export type SideFile =
  | { readonly kind: 'audio'; readonly master: number; readonly part: number }
  | { readonly kind: 'metadata' };

export interface WriteMastersRequest {
  readonly events: AsyncIterable<FootageEvent>;
  /** What is wanted, in device time. */
  readonly device_span: Span;
  /** Opens the object of master `index` (from 0). Called only once the master has its first frame. */
  readonly openSink: (index: number) => Promise<ArchiveWriter>;
  /**
   * Opens a file beside the masters and names it: sound that MP4 cannot carry, by master (from 0) and part of its
   * sound (from 0), or the metadata of the whole cut. Left out: neither is kept.
   */
  readonly openSideFile?: (
    file: SideFile,
  ) => Promise<{ readonly name: string; readonly sink: ArchiveWriter }>;
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
  /** Breaks inside the span that are longer than frames usually lie apart, and too short to be gaps. */
  readonly short_breaks: ReturnType<typeof shortBreaksOfCut>;
  /** Documents of the metadata track inside the span; null when there were none, or nobody wanted them. */
  readonly metadata: MetadataFileResult | null;
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
  const { openSideFile } = request;
  const metadata = openSideFile && new MetadataFile(() => openSideFile({ kind: 'metadata' }));
  try {
    for await (const event of cutFootage(inStep(request.events), device_span, { gap_min_ms })) {
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
        const master = masters.length;
        const openSideSound =
          openSideFile && ((part: number) => openSideFile({ kind: 'audio', master, part }));
        const sink = await request.openSink(master);
        current = new MasterInProgress(event.stream, sink, device_span, openSideSound ?? null);
      } else if (event.type === 'sound') {
        await current!.writeSound(event.sound);
      } else if (event.type === 'metadata') {
        await metadata?.add(event.packet);
      } else if (event.type === 'packet') {
        await current!.write(event.packet);
        if (event.packet.is_keyframe) {
          request.on_progress?.({
            bytes_written: finished_bytes + current!.bytes_taken,
            device_time_us: event.packet.device_time_us,
          });
        }
      } else {
        const result = await current!.finish(masters.length, gap_min_ms);
        current = null;
        masters.push(result);
        finished_bytes += result.size_bytes;
      }
    }
    return {
      masters,
      undecodable_packet_count,
      short_breaks: shortBreaksOfCut(masters, device_span, gap_min_ms),
      metadata: (await metadata?.finish()) ?? null,
    };
  } catch (error) {
    // What went wrong first is what matters; an object that cannot be aborted is found by the archive's check.
    await current?.abort().catch(() => undefined);
    await metadata?.abort().catch(() => undefined);
    throw error;
  }
}
