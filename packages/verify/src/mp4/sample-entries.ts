import { type Box, childBoxes, fourCharacters, Mp4Error, slice, theBox } from './boxes.ts';
import { type AacConfiguration, readAacConfiguration, readElementaryStream } from './elementary-stream.ts';

/** What the one sample entry of a track of pictures says. */
export interface VideoEntry {
  readonly codec: 'h264' | 'h265' | 'mjpeg';
  readonly width: number;
  readonly height: number;
}

/** What the one sample entry of a track of sound says. */
export interface AudioEntry extends AacConfiguration {
  readonly codec: 'aac';
  readonly channel_count: number;
}

const CODECS = new Map<string, VideoEntry['codec']>([
  ['avc1', 'h264'],
  ['avc3', 'h264'],
  ['hvc1', 'h265'],
  ['hev1', 'h265'],
]);
const OBJECT_TYPE_AAC = 0x40;
const OBJECT_TYPE_JPEG = 0x6c;
/** Fields of a visual (12.1.3) and an audio sample entry (12.2.3) before their own boxes. */
const VISUAL_BYTES = 78;
const AUDIO_BYTES = 28;

/** Codec and size (ISO/IEC 14496-12 8.5.2, 12.1.3). Throws `Mp4Error`. */
export function videoEntry(stbl: readonly Box[]): VideoEntry {
  const { type, body } = theEntry(stbl);
  const codec = CODECS.get(type) ?? (type === 'mp4v' ? codecOfMp4v(body) : undefined);
  if (codec === undefined) throw new Mp4Error('its codec is not H.264, H.265 or Motion JPEG');
  return { codec, width: body.getUint16(24), height: body.getUint16(26) };
}

/** Codec, channels and rate of sound (12.2.3, ISO/IEC 14496-14 5.6). Throws `Mp4Error`. */
export function audioEntry(stbl: readonly Box[]): AudioEntry {
  const { type, body } = theEntry(stbl);
  if (type !== 'mp4a') throw new Mp4Error('its sound is not AAC');
  const { object_type, specific } = elementaryStream(body, AUDIO_BYTES);
  if (object_type !== OBJECT_TYPE_AAC) throw new Mp4Error('its sound is not AAC');
  return { codec: 'aac', channel_count: body.getUint16(16), ...readAacConfiguration(specific) };
}

function codecOfMp4v(body: DataView): 'mjpeg' | undefined {
  return elementaryStream(body, VISUAL_BYTES).object_type === OBJECT_TYPE_JPEG ? 'mjpeg' : undefined;
}

function elementaryStream(entry: DataView, fields_bytes: number) {
  const boxes = childBoxes(slice(entry, fields_bytes, entry.byteLength - fields_bytes));
  return readElementaryStream(theBox(boxes, 'esds'));
}

function theEntry(stbl: readonly Box[]): Box {
  const stsd = theBox(stbl, 'stsd');
  const [entry] = childBoxes(slice(stsd, 8, stsd.byteLength - 8));
  if (stsd.getUint32(4) !== 1 || entry === undefined) {
    throw new Mp4Error('it has more than one sample description');
  }
  return entry;
}

/** The handler of a track's media (8.4.3): `vide`, `soun`. */
export function handlerOf(mdia: readonly Box[]): string {
  return fourCharacters(theBox(mdia, 'hdlr'), 8);
}
