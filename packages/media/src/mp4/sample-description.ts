import type { AudioStreamDescription, StreamDescription } from '@minhchung/domain';
import { sampleRateOf } from '../sound/sound-duration.ts';
import { type BoxBytes, box, concatBytes, fullBox, u16, u32, zeros } from './box.ts';

/** objectTypeIndication (ISO/IEC 14496-1 7.2.6.6.2). */
const OBJECT_TYPE_AAC = 0x40;
const OBJECT_TYPE_JPEG = 0x6c;
/** streamType (table 6), two lower bits: not an up-stream, and one that is reserved as 1. */
const VISUAL_STREAM = (4 << 2) | 1;
const AUDIO_STREAM = (5 << 2) | 1;
/** A sample rate field of 16 bits cannot hold more; the decoder configuration says it all the same. */
const SAMPLE_RATE_FIELD_MAX = 0xffff;

/**
 * `stsd` of pictures with one entry: `avc1` or `hvc1` (ISO/IEC 14496-15 5.4.2 and 8.4.1), or for Motion JPEG `mp4v`
 * with the object type of JPEG (ISO/IEC 14496-14 5.6), which is the form players know.
 */
export function videoDescription(stream: StreamDescription): BoxBytes {
  const visual = concatBytes(
    zeros(6),
    u16(1),
    zeros(16),
    u16(stream.width, stream.height),
    u32(0x480000, 0x480000, 0),
    u16(1),
    zeros(32),
    u16(0x18, 0xffff),
  );
  return fullBox('stsd', 0, 0, u32(1), box(ENTRIES[stream.codec], visual, configurationBox(stream)));
}

/** `stsd` of AAC with one `mp4a` entry (ISO/IEC 14496-14 5.6). */
export function audioDescription(stream: AudioStreamDescription): BoxBytes {
  const rate_hz = sampleRateOf(stream);
  const audio = concatBytes(
    zeros(6),
    u16(1),
    zeros(8),
    u16(stream.channel_count, 16, 0, 0),
    u16(rate_hz <= SAMPLE_RATE_FIELD_MAX ? rate_hz : 0, 0),
  );
  const configuration = elementaryStream(OBJECT_TYPE_AAC, AUDIO_STREAM, stream.decoder_configuration);
  return fullBox('stsd', 0, 0, u32(1), box('mp4a', audio, configuration));
}

const ENTRIES = { h264: 'avc1', h265: 'hvc1', mjpeg: 'mp4v' } as const;

function configurationBox(stream: StreamDescription): BoxBytes {
  if (stream.codec === 'mjpeg') return elementaryStream(OBJECT_TYPE_JPEG, VISUAL_STREAM, null);
  return box(stream.codec === 'h264' ? 'avcC' : 'hvcC', stream.decoder_configuration);
}

/** `esds`: ES_Descriptor, DecoderConfigDescriptor, DecoderSpecificInfo and SLConfigDescriptor (ISO/IEC 14496-1 7.2.6). */
function elementaryStream(object_type: number, stream_type: number, specific: Uint8Array | null): BoxBytes {
  const decoder = descriptor(
    4,
    Uint8Array.of(object_type, stream_type),
    zeros(3), // bufferSizeDB
    u32(0, 0), // maxBitrate, avgBitrate: not stated
    ...(specific === null ? [] : [descriptor(5, specific)]),
  );
  // SLConfigDescriptor 2: as MP4 files have it.
  return fullBox('esds', 0, 0, descriptor(3, u16(0), zeros(1), decoder, descriptor(6, Uint8Array.of(2))));
}

/** A descriptor behind its tag and a length in four bytes of seven bits. */
function descriptor(tag: number, ...content: Uint8Array[]): Uint8Array {
  const body = concatBytes(...content);
  const length = [21, 14, 7, 0].map((shift) => ((body.length >> shift) & 0x7f) | (shift > 0 ? 0x80 : 0));
  return concatBytes(Uint8Array.of(tag, ...length), body);
}
