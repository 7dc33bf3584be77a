import {
  type ArchiveStore,
  type ArchiveWriter,
  type ExtractionProgress,
  FOLDER_TIME_SOURCES,
  type FootageOrigin,
  type FootageSource,
  type Holdings,
  type Span,
  type TracksWanted,
} from '@minhchung/domain';
import {
  type MasterResult,
  type MetadataFileResult,
  type SideFile,
  type WriteMastersResult,
  writeMasters,
} from '@minhchung/media';
import { attemptKey } from './attempt.ts';
import { readOwnPass } from './passes.ts';
import { otherSides, type Search } from './searches.ts';
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
  /** False: the frames may be from the other side of a set-back, so they prove of no instant that it was found. */
  readonly is_sure: boolean;
  /** Frames at the beginning that no keyframe precedes, left out because nothing can decode them. */
  readonly undecodable_packet_count: number;
  /** Breaks between its frames that are too short to be gaps. */
  readonly short_breaks: WriteMastersResult['short_breaks'];
  /** Documents of the device's metadata track; null: none, or not wanted. */
  readonly metadata: MetadataFileResult | null;
}

/** Everything that was searched, and what the source says it used for it. */
export interface CutResult {
  readonly results: readonly SearchResult[];
  /** Null when the source holds nothing of it. */
  readonly origin: FootageOrigin | null;
}

export interface CutContext {
  readonly archive: ArchiveStore;
  readonly source: FootageSource;
  readonly attempt_prefix: string;
  /** What is read beside the pictures. */
  readonly tracks: TracksWanted;
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
 * Sound beside `master-001.mp4` is `audio-001.wav`, and after a hole in it `audio-001-2.wav`; metadata is numbered by
 * itself.
 */
function sideFileName(file: SideFile, earlier_masters: number, earlier_metadata: number): string {
  const number = (index: number) => String(index + 1).padStart(3, '0');
  if (file.kind === 'metadata') return `metadata-${number(earlier_metadata)}.jsonl`;
  const part = file.part === 0 ? '' : `-${file.part + 1}`;
  return `audio-${number(earlier_masters + file.master)}${part}.wav`;
}

/**
 * Asks the source each question and cuts what it holds, straight into the archive: bytes flow once, hashed on
 * the way. Where the clock was set back and the frames do not show which side of it they are from, the other side
 * is searched as well, as an alternative. Whoever calls discards the attempt when this throws.
 */
export async function cutFootageOf(searches: readonly Search[], context: CutContext): Promise<CutResult> {
  const results: SearchResult[] = [];
  const origins: FootageOrigin[] = [];
  const ask = async (search: Search) => {
    const result = await cutOne(search, results, context);
    if (result.masters.length > 0) origins.push(context.source.origin());
    return result;
  };
  for (const search of searches) {
    const result = await ask(search);
    if (result.is_sure || search.basis === 'step_within') {
      results.push(result);
      continue;
    }
    results.push({ ...result, search: { ...search, basis: 'step_within' } });
    for (const other of otherSides(search)) results.push({ ...(await ask(other)), is_sure: false });
  }
  context.steps.take('footage_cut');
  return { results, origin: joinOrigins(origins) };
}

async function cutOne(
  search: Search,
  earlier: readonly SearchResult[],
  context: CutContext,
): Promise<SearchResult> {
  const { source, signal, gap_min_ms } = context;
  const holdings = await source.holdings(search.device_span, signal);
  context.steps.take('holdings_known');
  if (holdings.spans.length === 0) {
    return { search, holdings, masters: [], is_sure: true, ...NOTHING_FOUND };
  }
  const archived = earlier.flatMap(({ masters }) => masters);
  const archived_bytes = archived.reduce((sum, { size_bytes }) => sum + size_bytes, 0);
  const { events, is_sure } = await readOwnPass(search, context);
  const metadata_files = earlier.filter(({ metadata: file }) => file !== null).length;
  const { masters, ...rest } = await writeMasters({
    events,
    device_span: search.device_span,
    openSink: (index) => openMaster(context, archived.length + index),
    openSideFile: async (file) => {
      const name = sideFileName(file, archived.length, metadata_files);
      const key = attemptKey(context.attempt_prefix, name);
      return { name, sink: await context.archive.create(key, { signal }) };
    },
    gap_min_ms,
    signal,
    on_progress: ({ bytes_written, device_time_us }) =>
      context.on_progress({
        phase: 'cutting',
        bytes: archived_bytes + bytes_written,
        media_ms: mediaOf(search.device_span, device_time_us),
      }),
  });
  const named = masters.map((master) => ({
    ...master,
    name: masterName(archived.length + master.index),
    search,
  }));
  return { search, holdings, masters: named, is_sure, ...rest };
}

const NOTHING_FOUND = {
  undecodable_packet_count: 0,
  short_breaks: { count: 0, total_ms: 0, longest_ms: 0 },
  metadata: null,
};

/** One source's account of several reads; null when there was none. */
function joinOrigins(origins: readonly FootageOrigin[]): FootageOrigin | null {
  const [first] = origins;
  if (first === undefined) return null;
  const all = (field: 'parts' | 'streams_left_out' | 'parts_left_out') => [
    ...new Set(origins.flatMap((origin) => origin[field])),
  ];
  const told = origins.flatMap((origin) => origin.times_from ?? []);
  const with_sound = origins.flatMap((origin) => origin.parts_with_sound ?? []);
  const times_from = FOLDER_TIME_SOURCES.filter((one) => told.includes(one));
  return {
    ...first,
    parts: all('parts'),
    streams_left_out: all('streams_left_out'),
    parts_left_out: all('parts_left_out'),
    ...(times_from.length > 0 && { times_from }),
    ...(first.parts_with_sound && { parts_with_sound: [...new Set(with_sound)] }),
  };
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

function mediaOf(device_span: Span, device_time_us: number): number {
  const into_ms = Math.floor(device_time_us / 1000) - device_span.start_ms;
  return Math.max(0, Math.min(into_ms, device_span.end_ms - device_span.start_ms));
}
