import type {
  ArchiveStore,
  ArchiveWriter,
  ExtractionProgress,
  FootageSource,
  Holdings,
  MasterSummary,
  Span,
} from '@minhchung/domain';
import { type MasterResult, writeMasters } from '@minhchung/media';
import { attemptKey } from './attempt.ts';
import type { Search } from './searches.ts';
import type { StepLog } from './steps.ts';

/** A master in the archive, under the search that found it. */
export interface ArchivedMaster extends MasterResult {
  readonly name: string;
  readonly search: Search;
}

/** What one search came to. */
export interface SearchResult {
  readonly search: Search;
  readonly holdings: Holdings;
  readonly masters: readonly ArchivedMaster[];
  /** Frames at the beginning that no keyframe precedes, left out because nothing can decode them. */
  readonly undecodable_packet_count: number;
}

export interface CutContext {
  readonly archive: ArchiveStore;
  readonly source: FootageSource;
  readonly attempt_prefix: string;
  readonly gap_min_ms: number;
  readonly steps: StepLog;
  readonly signal: AbortSignal;
  readonly on_progress: (progress: ExtractionProgress) => void;
}

/** Masters are numbered through the whole item: `master-001.mp4`. */
export function masterName(index: number): string {
  return `master-${String(index + 1).padStart(3, '0')}.mp4`;
}

/**
 * Asks the source each question and cuts what it holds, straight into the archive: bytes flow once, hashed on
 * the way. Whoever calls discards the attempt when this throws.
 */
export async function cutFootageOf(
  searches: readonly Search[],
  context: CutContext,
): Promise<SearchResult[]> {
  const results: SearchResult[] = [];
  let master_count = 0;
  for (const search of searches) {
    const holdings = await context.source.holdings(search.device_span, context.signal);
    context.steps.take('holdings_known');
    if (holdings.spans.length === 0) {
      results.push({ search, holdings, masters: [], undecodable_packet_count: 0 });
      continue;
    }
    const first_index = master_count;
    const { masters, undecodable_packet_count } = await writeMasters({
      events: context.source.read(search.device_span, context.signal),
      device_span: search.device_span,
      openSink: (index) => openMaster(context, first_index + index),
      gap_min_ms: context.gap_min_ms,
      signal: context.signal,
      on_progress: ({ bytes_written, device_time_us }) =>
        context.on_progress({
          phase: 'cutting',
          bytes: bytesOf(results) + bytes_written,
          media_ms: mediaOf(search.device_span, device_time_us),
        }),
    });
    master_count += masters.length;
    results.push({
      search,
      holdings,
      masters: masters.map((master) => ({ ...master, name: masterName(first_index + master.index), search })),
      undecodable_packet_count,
    });
  }
  context.steps.take('footage_cut');
  return results;
}

async function openMaster(context: CutContext, index: number): Promise<ArchiveWriter> {
  const writer = await context.archive.create(attemptKey(context.attempt_prefix, masterName(index)), {
    signal: context.signal,
  });
  context.steps.take('master_opened');
  return {
    write: (chunk) => writer.write(chunk),
    abort: () => writer.abort(),
    async commit() {
      const committed = await writer.commit();
      context.steps.take('master_archived');
      return committed;
    },
  };
}

function bytesOf(results: readonly SearchResult[]): number {
  return results
    .flatMap(({ masters }) => masters)
    .reduce((sum, master: MasterSummary) => sum + master.size_bytes, 0);
}

function mediaOf(device_span: Span, device_time_us: number): number {
  const into_ms = Math.floor(device_time_us / 1000) - device_span.start_ms;
  return Math.max(0, Math.min(into_ms, device_span.end_ms - device_span.start_ms));
}
