/** Every limit of this package, with its unit in its name and why it has its value. */
export const MEDIA_LIMITS = {
  /** Ten minutes of one group of pictures at 25 frames a second; smart codecs stay far below. */
  gop_packets_max: 15_000,
  /** One group of pictures held in memory: 60 s at 16 Mbit/s. */
  gop_bytes_max: 128 * 1024 * 1024,
  /** One access unit. An intra picture of 4K at the highest quality stays below a quarter of this. */
  packet_bytes_max: 32 * 1024 * 1024,
  /** Index of one master in memory, at about 20 bytes a frame: 22 hours at 25 frames a second. */
  master_frames_max: 2_000_000,
  /** Packets of sound in one master: a day of AAC at 48 kHz. */
  master_audio_packets_max: 4_050_000,
  /** Tracks of sound in one master: sound that changes more often than this is noise of a broken source. */
  master_audio_tracks_max: 16,
  /** Pictures wait this long, in their own time, for sound that comes late. */
  sound_late_us_max: 8_000_000,
  /** Pictures that wait for sound: eight seconds at 16 Mbit/s, twice. */
  waiting_bytes_max: 32 * 1024 * 1024,
  /** Sound follows this far behind the pictures: longer than pictures are reordered. */
  sound_behind_us: 2_000_000,
  /** Packets of sound kept until pictures come: five minutes of 20 ms, longer than any group of pictures. */
  held_sound_packets_max: 15_000,
  /** Sound further from where the packet before it ended is not joined to it: two packets of slow AAC. */
  sound_hole_us_min: 100_000,
  /** Holes of one track that are listed one by one; further ones are counted. */
  sound_holes_listed_max: 1_000,
  /** Bytes of one side file of sound, held in memory because its header comes first: 35 minutes of G.711. */
  side_sound_bytes_max: 16 * 1024 * 1024,
  /** Side files of sound of one master. */
  side_sound_files_max: 1_000,
  /** One document of the metadata track; those of real devices have a few kilobytes. */
  metadata_document_bytes_max: 1024 * 1024,
  /** All documents of one cut: an hour at 25 a second of 4 kB. */
  metadata_bytes_max: 512 * 1024 * 1024,
  /** Packets of sound laid into a master as one piece: about a second at 48 kHz, three at 16 kHz. */
  audio_chunk_packets: 47,
  /** Masters of one cut. More means a source that breaks at every frame, which no person can use. */
  masters_max: 1_000,
  /**
   * Packets with a time at or after the end that may precede, in decode order, one before it. A decoder holds
   * at most 16 frames (H.264 A.3.1, H.265 A.4.2), coded as 32 fields.
   */
  reorder_packets_max: 32,
  /** Bytes gathered before they go to the sink as one `mdat`: long enough for sequential writes. */
  mdat_bytes: 1024 * 1024,
  /** Read from a container at a time by who jumps about in it, and at most by who reads on; packets are views of such blocks. */
  reader_block_bytes: 512 * 1024,
  reader_block_bytes_max: 1024 * 1024,
  /** A file is read so many times over at most: its pictures, its sound and its index, each from several places. */
  reads_of_a_file_max: 16,
  /** Blocks of an opened container that are kept: pictures and sound lie side by side, and the longer blocks live, the later they go. */
  reader_blocks_max: 2,
  /** Index of a file: 24 hours at 25 frames a second take about 40 MB. Also the most that is read at once. */
  index_bytes_max: 128 * 1024 * 1024,
  /** Frames of a file: a day at 60 a second, which its index tells of in a few bytes. */
  file_frames_max: 5_184_000,
  /** Frames of one fragment, and of one chunk: every frame costs its reader a look at all of them. */
  fragment_frames_max: 200_000,
  chunk_frames_max: 200_000,
  /** Tracks of a file and what lies beside them in its index. Recorders write two or three. */
  tracks_max: 64,
  /** Reads out of the cache with nothing taken from the file in between: one for every eight bytes of it. */
  cached_reads_max: 256 * 1024,
  /** Boxes before the index that are stepped over in search of it: a day's master has about 90,000. */
  outline_parts_max: 200_000,
  /** Read between two looks for blocks that nobody uses any more: about six seconds of footage at 16 Mbit/s. */
  bytes_between_collections: 12 * 1024 * 1024,
  /** Places in a file that the container reader may remember, each with its packet: about a second of footage. */
  seek_points_max: 16,
  /** Stills on one contact sheet: a page a person takes in at a glance. */
  stills_max: 48,
  /** Characters of one label; more does not fit under a still. */
  label_chars_max: 80,
  /** Longest run of one derivative, still or probe, unless the caller says otherwise. */
  derivative_deadline_ms: 60 * 60_000,
  still_deadline_ms: 60_000,
  /** A still of a camera; the largest sensors give 12 megapixels. */
  picture_pixels_max: 50_000_000,
  picture_decode_s_max: 10,
  /** Stills chosen for one master's contact sheet: two rows of four, a glance on a phone. */
  stills_per_master_max: 8,
  probe_deadline_ms: 10 * 60_000,
  version_deadline_ms: 10_000,
  /** A line of a tool's report is cut here; a hostile file must not fill memory with messages. */
  tool_report_chars_max: 2_000,
  /** Address space of a media tool: decoding and encoding 4K with two threads stays below 2 GiB. */
  tool_memory_bytes_max: 4 * 1024 * 1024 * 1024,
  /** Largest file a tool may write: four hours at 20 Mbit/s. */
  tool_output_bytes_max: 36 * 1024 * 1024 * 1024,
  /** Open files of a media tool, libraries included. */
  tool_files_max: 256,
  /** How far tools stand back behind everything else on the machine (`nice`). */
  tool_niceness: 10,
} as const;
