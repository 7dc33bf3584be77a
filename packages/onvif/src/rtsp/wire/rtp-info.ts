/** Where a track begins by the answer to PLAY. */
export interface AnnouncedStart {
  /** Path of the track's address, without its host. */
  readonly path: string;
  readonly timestamp: number;
}

const ENTRY = /^\s*url\s*=\s*"?(?:rtsps?:\/\/[^/]*)?([^";]*)"?\s*;(.*)$/i;
const TIME = /(?:^|;)\s*rtptime\s*=\s*(\d{1,10})/i;

/** Reads `RTP-Info` (RFC 2326, 12.33); what is broken in it says nothing. */
export function readRtpInfo(header: string | null): AnnouncedStart[] {
  return (header ?? '').split(',').flatMap((text) => {
    const [, path, parameters] = ENTRY.exec(text) ?? [];
    const time = TIME.exec(parameters ?? '')?.[1];
    return path === undefined || time === undefined ? [] : [{ path, timestamp: Number(time) }];
  });
}
