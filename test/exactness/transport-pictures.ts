const PACKET_BYTES = 188;
const SYNC = 0x47;
const VIDEO_STREAM_IDS = { first: 0xe0, last: 0xef } as const;

/**
 * The coded pictures of an MPEG transport stream (ISO/IEC 13818-1) with one video stream, each a PES packet, as NAL
 * units without start codes. What a muxer put into the stream (delimiters, repeated parameter sets) is the source's
 * own then: that is why the truth about such files is read from the files.
 */
export function transportPictures(file: Buffer): Buffer[][] {
  const pictures: Buffer[][] = [];
  let video_pid: number | null = null;
  for (let at = 0; at + PACKET_BYTES <= file.length; at += PACKET_BYTES) {
    const packet = file.subarray(at, at + PACKET_BYTES);
    if (packet[0] !== SYNC) throw new RangeError('A transport packet without its sync byte.');
    const pid = packet.readUInt16BE(1) & 0x1fff;
    const payload = payloadOf(packet);
    if ((packet[1]! & 0x40) !== 0 && isVideo(payload)) {
      video_pid ??= pid;
      if (pid === video_pid) pictures.push([payload.subarray(9 + payload[8]!)]);
    } else if (pid === video_pid) pictures.at(-1)!.push(payload);
  }
  return pictures.map((pieces) => nalUnitsOf(Buffer.concat(pieces)));
}

function payloadOf(packet: Buffer): Buffer {
  const has_adaptation = (packet[3]! & 0x20) !== 0;
  const has_payload = (packet[3]! & 0x10) !== 0;
  if (!has_payload) return Buffer.alloc(0);
  return packet.subarray(has_adaptation ? 5 + packet[4]! : 4);
}

function isVideo(payload: Buffer): boolean {
  const id = payload[3] ?? 0;
  const is_pes = payload.length > 9 && payload.readUIntBE(0, 3) === 1;
  return is_pes && id >= VIDEO_STREAM_IDS.first && id <= VIDEO_STREAM_IDS.last;
}

/** Between start codes; zero bytes before a start code or the end belong to the byte stream, not to a NAL unit. */
function nalUnitsOf(stream: Buffer): Buffer[] {
  const starts: number[] = [];
  for (let at = stream.indexOf('000001', 0, 'hex'); at !== -1; at = stream.indexOf('000001', at + 3, 'hex')) {
    starts.push(at);
  }
  return starts.map((start, n) => {
    let end = starts[n + 1] ?? stream.length;
    while (end > start + 3 && stream[end - 1] === 0) end -= 1;
    return stream.subarray(start + 3, end);
  });
}
