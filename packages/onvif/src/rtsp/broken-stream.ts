/** Bytes that are not what RTSP, RTP or a codec's syntax allow. The replay client turns it into `SOURCE_BROKEN`. */
export class BrokenStream extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'BrokenStream';
  }
}
