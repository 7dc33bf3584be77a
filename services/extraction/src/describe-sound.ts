import type { MasterInput } from '@minhchung/evidence';
import type { ManifestAudioFile, ManifestMetadataFile } from '@minhchung/formats';
import type { ArchivedMaster, SearchResult } from './cut-footage-of.ts';

/** The manifest's view of the sound in a master; nothing where there is none. */
export function describeMasterSound({
  audio_tracks,
  audio_packets_left_out,
}: ArchivedMaster): Pick<MasterInput, 'audio_tracks' | 'audio_packets_left_out'> {
  const tracks = audio_tracks.map(({ stream, ...facts }) => ({
    codec: 'aac' as const,
    sample_rate_hz: stream.sample_rate_hz,
    channel_count: stream.channel_count,
    ...facts,
  }));
  return {
    ...(tracks.length > 0 && { audio_tracks: tracks }),
    ...(audio_packets_left_out > 0 && { audio_packets_left_out }),
  };
}

/** Sound and metadata beside the masters; nothing where there is none. */
export function describeSideFiles(results: readonly SearchResult[]): {
  readonly audio_files?: readonly ManifestAudioFile[];
  readonly metadata_files?: readonly ManifestMetadataFile[];
} {
  const audio_files = results.flatMap(({ masters }) =>
    masters.flatMap((master) =>
      master.audio_files.map(({ stream, ...file }) => ({
        ...file,
        master_name: master.name,
        codec: stream.codec === 'pcma' ? ('pcma' as const) : ('pcmu' as const),
        sample_rate_hz: stream.sample_rate_hz,
        channel_count: stream.channel_count,
      })),
    ),
  );
  const metadata_files = results.flatMap(({ metadata }, search) =>
    metadata === null ? [] : [{ ...metadata, search }],
  );
  return {
    ...(audio_files.length > 0 && { audio_files }),
    ...(metadata_files.length > 0 && { metadata_files }),
  };
}
