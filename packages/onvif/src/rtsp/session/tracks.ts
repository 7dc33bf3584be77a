import type { AudioStreamDescription, TracksWanted } from '@minhchung/domain';
import { AacAssembler } from '../audio/aac.ts';
import { type AacFormat, aacFormatOf } from '../audio/aac-format.ts';
import { G711 } from '../audio/g711.ts';
import { MetadataAssembler } from '../audio/metadata.ts';
import type { SideAssembler } from '../audio/side-assembler.ts';
import { BrokenStream } from '../broken-stream.ts';
import type { VideoCodec } from '../codec/codec.ts';
import { H264 } from '../codec/h264.ts';
import { H265 } from '../codec/h265.ts';
import type { StatedSize } from '../jpeg/jpeg-assembler.ts';
import type { SdpMedia, SessionDescription } from '../wire/sdp.ts';

/** How the pictures are coded, as the SDP says. */
export type VideoFormat =
  | {
      readonly kind: 'nal_units';
      readonly codec: VideoCodec;
      /** Parameter sets of the SDP, as NAL units. */
      readonly parameter_sets: readonly Uint8Array[];
    }
  | { readonly kind: 'jpeg'; readonly stated_size: StatedSize };

/** A track beside the pictures that is taken. */
export interface SideFormat {
  /** Null for metadata. */
  readonly audio: AudioStreamDescription | null;
  createAssembler(): SideAssembler;
}

/** What is taken of what a session offers. */
export interface ChosenTracks {
  readonly video: { readonly media: SdpMedia; readonly format: VideoFormat };
  readonly sides: readonly { readonly media: SdpMedia; readonly format: SideFormat }[];
  /** Everything else, named for the manifest; where it cannot be taken, with the reason in brackets. */
  readonly other_streams: readonly string[];
}

const CODECS: ReadonlyMap<string, VideoCodec> = new Map([
  ['H264', H264],
  ['H265', H265],
]);
const METADATA = 'VND.ONVIF.METADATA';
const NOT_KEPT = ' (this kind of sound cannot be kept)';

/** Chooses the first video and, as far as wanted, the first sound and metadata that can be taken. */
export function chooseTracks(sdp: SessionDescription, wanted: TracksWanted): ChosenTracks {
  const video = sdp.media.find((one) => one.kind === 'video' && isVideo(one));
  if (video === undefined) {
    const offered = sdp.media.map(nameOf).join(', ') || 'nothing';
    throw new BrokenStream(`it offers no H.264, H.265 or JPEG video but ${offered}`);
  }
  const sides: { media: SdpMedia; format: SideFormat }[] = [];
  const other_streams: string[] = [];
  for (const media of sdp.media) {
    if (media === video) continue;
    const is_metadata = media.encoding === METADATA;
    const is_wanted = is_metadata ? wanted.metadata : media.kind === 'audio' && wanted.audio;
    const format = is_wanted ? sideFormatOf(media) : null;
    const is_second = sides.some((side) => (side.format.audio === null) === is_metadata);
    if (format !== null && !is_second) sides.push({ media, format });
    else other_streams.push(`${nameOf(media)}${is_wanted && format === null ? NOT_KEPT : ''}`);
  }
  return { video: { media: video, format: videoFormatOf(video) }, sides, other_streams };
}

function nameOf(media: SdpMedia): string {
  if (media.encoding === METADATA) return 'metadata';
  return `${media.kind}: ${media.encoding === '' ? `payload type ${media.payload_type}` : media.encoding}`;
}

function isVideo({ encoding }: SdpMedia): boolean {
  return encoding === 'JPEG' || CODECS.has(encoding);
}

/** Interleaved modes reorder NAL units by numbers we do not read: better refused than in a wrong order. */
function videoFormatOf(media: SdpMedia): VideoFormat {
  if (media.clock_rate_hz < 1) throw new BrokenStream('its SDP names no clock rate');
  if (media.encoding === 'JPEG') return { kind: 'jpeg', stated_size: media.size };
  const mode = media.format.get('packetization-mode') ?? '0';
  const reordering = Number(media.format.get('sprop-max-don-diff') ?? 0);
  if ((mode !== '0' && mode !== '1') || reordering !== 0) {
    throw new BrokenStream('it sends pictures in interleaved order, which is not supported');
  }
  return {
    kind: 'nal_units',
    codec: CODECS.get(media.encoding)!,
    parameter_sets: parameterSetsOf(media),
  };
}

function parameterSetsOf(media: SdpMedia): Uint8Array[] {
  const names = ['sprop-vps', 'sprop-sps', 'sprop-pps', 'sprop-parameter-sets'];
  return names
    .flatMap((name) => media.format.get(name)?.split(',') ?? [])
    .map((text) => new Uint8Array(Buffer.from(text.trim(), 'base64')))
    .filter((nal) => nal.length > 0);
}

/** Null for what cannot be taken: G.726, MP4A-LATM and whatever else there is. */
function sideFormatOf(media: SdpMedia): SideFormat | null {
  if (media.clock_rate_hz < 1) return null;
  if (media.encoding === METADATA) return { audio: null, createAssembler: () => new MetadataAssembler() };
  if (media.encoding === 'PCMU' || media.encoding === 'PCMA') {
    const codec = media.encoding === 'PCMU' ? 'pcmu' : 'pcma';
    return {
      audio: soundOf(media, codec, media.channel_count, new Uint8Array()),
      createAssembler: () => G711,
    };
  }
  const aac: AacFormat | null = media.encoding === 'MPEG4-GENERIC' ? aacFormatOf(media) : null;
  if (aac === null) return null;
  return {
    audio: soundOf(media, 'aac', aac.channel_count ?? media.channel_count, aac.configuration),
    createAssembler: () => new AacAssembler(aac),
  };
}

function soundOf(
  media: SdpMedia,
  codec: AudioStreamDescription['codec'],
  channel_count: number,
  decoder_configuration: Uint8Array,
): AudioStreamDescription {
  const sample_rate_hz = media.clock_rate_hz;
  return { kind: 'audio', codec, sample_rate_hz, channel_count, decoder_configuration };
}
