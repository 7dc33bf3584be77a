import { type Box, Mp4Error } from './boxes.ts';
import { chunkOffsets, samplesPerChunk } from './sample-tables.ts';
import type { TopLevel } from './top-level.ts';

/** What says where a track's samples lie. */
export interface PlacedTrack {
  readonly stbl: readonly Box[];
  readonly sizes_bytes: Uint32Array;
}

/**
 * Checks that the samples of all tracks together fill the media data exactly: every chunk lies inside an `mdat`, none overlaps another,
 * and no byte of media data belongs to no sample. So nothing is hidden in the file, and nothing is shown twice.
 * Throws `Mp4Error`.
 */
export function checkSamplePlaces(tracks: readonly PlacedTrack[], media: TopLevel['media']): void {
  const chunks = tracks.flatMap(chunksOf).sort((a, b) => a.start - b.start);
  const pieces = media.filter(({ start, end }) => end > start);
  let piece = 0;
  let expected = pieces[0]?.start;
  for (const chunk of chunks) {
    if (chunk.start !== expected) throw new Mp4Error('media data and samples do not fit together');
    const end = pieces[piece]!.end;
    if (chunk.end > end) throw new Mp4Error('a sample lies outside the media data');
    expected = chunk.end === end ? pieces[++piece]?.start : chunk.end;
  }
  if (expected !== undefined) throw new Mp4Error('there is media data that belongs to no frame');
}

function chunksOf({ stbl, sizes_bytes }: PlacedTrack): { start: number; end: number }[] {
  const offsets = chunkOffsets(stbl);
  if (offsets.length > sizes_bytes.length) throw new Mp4Error('there are more chunks than samples');
  const counts = samplesPerChunk(stbl, offsets.length);
  const chunks: { start: number; end: number }[] = [];
  let sample = 0;
  counts.forEach((count, index) => {
    if (sample + count > sizes_bytes.length)
      throw new Mp4Error('the chunks hold more samples than there are');
    let end = offsets[index]!;
    for (const last = sample + count; sample < last; sample++) end += sizes_bytes[sample]!;
    chunks.push({ start: offsets[index]!, end });
  });
  if (sample !== sizes_bytes.length) throw new Mp4Error('the chunks hold fewer samples than there are');
  return chunks;
}
