/**
 * Bytes that are not what RTSP, RTP or a codec's syntax allow: one error for all of them, that of the parsers of
 * coded video. The replay client turns it into `SOURCE_BROKEN`.
 */
export { BrokenBitstream as BrokenStream } from '@minhchung/bitstream';
