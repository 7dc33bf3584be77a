/** What kind of file something is, told by its first bytes alone: names and stated types are anybody's to choose. */

/** A kind of file. `is_footage`: a reader may try it; everything else is kept and never opened. */
export interface SniffedKind {
  readonly media_type: string;
  readonly is_footage: boolean;
  /** Endings such files usually have, without the dot; empty: no claim. */
  readonly endings: readonly string[];
}

const UNKNOWN: SniffedKind = { media_type: 'unknown', is_footage: false, endings: [] };

const footage = (media_type: string, ...endings: string[]): SniffedKind => ({
  media_type,
  is_footage: true,
  endings,
});
const other = (media_type: string, ...endings: string[]): SniffedKind => ({
  media_type,
  is_footage: false,
  endings,
});

const MP4 = footage('video/mp4', 'mp4', 'm4v', 'mov', '3gp', 'm4s');
const TS = footage('video/mp2t', 'ts', 'mts', 'm2ts');
const TS_PACKET_BYTES = 188;
const MP4_BOXES = ['ftyp', 'styp', 'moov', 'moof', 'mdat', 'free', 'skip', 'wide', 'pnot', 'sidx'];

/** By hex of what the file begins with, longest first. */
const BEGINNINGS: readonly (readonly [string, SniffedKind])[] = [
  ['3026b2758e66cf11', footage('video/x-ms-asf', 'asf', 'wmv')],
  ['000001ba', footage('video/mpeg', 'mpg', 'mpeg', 'ps', 'vob', 'mp4')],
  ['494d4b48', footage('video/x-hikvision', 'mp4', 'hik', 'ps')],
  ['44484156', footage('video/x-dahua', 'dav')],
  ['1a45dfa3', footage('video/x-matroska', 'mkv', 'webm')],
  ['464c5601', footage('video/x-flv', 'flv')],
  ['0000000167', footage('video/h264', 'h264', '264', 'avc')],
  ['00000167', footage('video/h264', 'h264', '264', 'avc')],
  ['0000000140', footage('video/h265', 'h265', '265', 'hevc')],
  ['00000140', footage('video/h265', 'h265', '265', 'hevc')],
  ['377abcaf271c', other('application/x-7z-compressed', '7z')],
  ['526172211a07', other('application/vnd.rar', 'rar')],
  ['504b0304', other('application/zip', 'zip')],
  ['504b0506', other('application/zip', 'zip')],
  ['255044462d', other('application/pdf', 'pdf')],
  ['7f454c46', other('application/x-executable')],
  ['4d5a', other('application/vnd.microsoft.portable-executable', 'exe')],
  ['ffd8ff', other('image/jpeg', 'jpg', 'jpeg')],
  ['89504e470d0a1a0a', other('image/png', 'png')],
];

/** The kind of a file with this head; `media_type` is `unknown` for what is not known here. */
export function sniff(head: Uint8Array): SniffedKind {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  const hex = bytes.subarray(0, 16).toString('hex');
  for (const [beginning, kind] of BEGINNINGS) if (hex.startsWith(beginning)) return kind;
  if (MP4_BOXES.includes(bytes.toString('latin1', 4, 8))) return MP4;
  if (bytes.toString('latin1', 0, 4) === 'RIFF') {
    return bytes.toString('latin1', 8, 11) === 'AVI'
      ? footage('video/x-msvideo', 'avi')
      : other('audio/wav', 'wav');
  }
  if (isTransportStream(bytes)) return TS;
  return looksLikeText(bytes) ? other('text/plain', 'txt', 'm3u8', 'csv', 'html', 'xml', 'json') : UNKNOWN;
}

/** True when the name ends as another kind of file does. A name without an ending claims nothing. */
export function nameDiffers(file_name: string, kind: SniffedKind): boolean {
  const ending = /\.([A-Za-z0-9]{1,5})$/.exec(file_name)?.[1]?.toLowerCase();
  if (ending === undefined || kind.endings.length === 0) return false;
  return !kind.endings.includes(ending);
}

/** Sync bytes every 188 bytes, as far as the head goes; at least three. */
function isTransportStream(bytes: Buffer): boolean {
  if (bytes.length < 3 * TS_PACKET_BYTES) return false;
  for (let at = 0; at < bytes.length; at += TS_PACKET_BYTES) if (bytes[at] !== 0x47) return false;
  return true;
}

function looksLikeText(bytes: Buffer): boolean {
  if (bytes.length === 0) return false;
  const is_plain = bytes.every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d);
  return is_plain && !bytes.includes(0x7f);
}
