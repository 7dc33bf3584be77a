import { ELEMENT } from './element-ids.ts';

/** One video track, as ffmpeg must be told of it. */
export interface MatroskaTrack {
  /** `V_UNCOMPRESSED`, `V_MPEG4/ISO/AVC` or `V_MPEGH/ISO/HEVC`. */
  readonly codec_id: string;
  readonly width: number;
  readonly height: number;
  /** `avcC` or `hvcC` record for coded video. */
  readonly codec_private?: Uint8Array;
  /** Nominal time between frames; what the last frame of a file lasts. */
  readonly frame_duration_ns?: number;
  /** FourCC of uncompressed pictures. */
  readonly colour_space?: string;
}

/** EBML header, segment of unknown size, and the track: the head of a live stream with millisecond times. */
export function matroskaHeader(track: MatroskaTrack): Buffer {
  const video = [
    element(ELEMENT.pixel_width, uint(track.width)),
    element(ELEMENT.pixel_height, uint(track.height)),
    ...(track.colour_space ? [element(ELEMENT.colour_space, Buffer.from(track.colour_space, 'latin1'))] : []),
  ];
  return Buffer.concat([
    element(
      ELEMENT.ebml,
      element(ELEMENT.ebml_version, uint(1)),
      element(ELEMENT.ebml_read_version, uint(1)),
      element(ELEMENT.ebml_max_id_length, uint(4)),
      element(ELEMENT.ebml_max_size_length, uint(8)),
      element(ELEMENT.doc_type, Buffer.from('matroska')),
      element(ELEMENT.doc_type_version, uint(4)),
      element(ELEMENT.doc_type_read_version, uint(2)),
    ),
    idBytes(ELEMENT.segment),
    Buffer.from('01ffffffffffffff', 'hex'),
    element(
      ELEMENT.info,
      element(ELEMENT.timestamp_scale, uint(1_000_000)),
      element(ELEMENT.muxing_app, Buffer.from('minhchung')),
      element(ELEMENT.writing_app, Buffer.from('minhchung')),
    ),
    element(
      ELEMENT.tracks,
      element(
        ELEMENT.track_entry,
        element(ELEMENT.track_number, uint(1)),
        element(ELEMENT.track_uid, uint(1)),
        element(ELEMENT.flag_lacing, uint(0)),
        element(ELEMENT.track_type, uint(1)),
        ...(track.frame_duration_ns
          ? [element(ELEMENT.default_duration, uint(track.frame_duration_ns))]
          : []),
        element(ELEMENT.codec_id, Buffer.from(track.codec_id)),
        ...(track.codec_private ? [element(ELEMENT.codec_private, track.codec_private)] : []),
        element(ELEMENT.video, ...video),
      ),
    ),
  ]);
}

/** One picture in a cluster of its own, so that its presentation time may be any number of milliseconds. */
export function matroskaBlock(block: { time_ms: number; is_keyframe: boolean; data: Uint8Array }): Buffer {
  const block_head = Buffer.from([0x81, 0, 0, block.is_keyframe ? 0x80 : 0]);
  return element(
    ELEMENT.cluster,
    element(ELEMENT.timestamp, uint(block.time_ms)),
    element(ELEMENT.simple_block, block_head, block.data),
  );
}

function element(id: number, ...parts: readonly Uint8Array[]): Buffer {
  const size = Buffer.alloc(8);
  const size_bytes = parts.reduce((sum, part) => sum + part.length, 0);
  size.writeBigUInt64BE((1n << 56n) | BigInt(size_bytes));
  return Buffer.concat([idBytes(id), size, ...parts]);
}

function idBytes(id: number): Buffer {
  const hex = id.toString(16);
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
}

function uint(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}
