import type { Socket } from 'node:net';
import { h264Fragments, interleaved, RTCP_BYE, rtp } from './rtp.ts';
import { type LoopbackRtspServer, startRtspServer } from './rtsp-server.ts';
import { CIF } from './samples.ts';

/** One recorded picture, in the order of decoding. */
export interface RecordedPicture {
  readonly device_time_ms: number;
  readonly nal: Buffer;
  readonly is_keyframe: boolean;
}

/** How the connection of one PLAY ends, counted from the first byte of its packets. */
export type Ending =
  | { readonly how: 'bye' }
  | { readonly how: 'close' | 'reset' | 'silence' | 'nonsense'; readonly after_bytes: number };

/** Where the recorder begins for what was asked: at the keyframe before it, or wrongly at the one after it. */
export type PreRoll = 'keyframe_before' | 'keyframe_after' | 'one_group_early';

/** Packets per picture, parameter sets with every keyframe, every session with numbers and times of its own. */
export interface CuttingRecorderOptions {
  readonly pictures: readonly RecordedPicture[];
  /** Of the first, second, … PLAY; the last one is for all that follow. */
  readonly endings: readonly Ending[];
  readonly pre_roll?: PreRoll;
  /** Makes of a picture what the nth session sends. */
  readonly change?: (picture: RecordedPicture, session: number) => RecordedPicture;
  /** The stored file a picture lies in: a session ends with the file it began in. Left out: all in one. */
  readonly fileOf?: (picture: RecordedPicture) => number;
}

/** A recorder of loopback whose connections break where the test says. It counts its sessions. */
export async function startCuttingRecorder(
  options: CuttingRecorderOptions,
): Promise<LoopbackRtspServer & { readonly ranges: readonly number[] }> {
  const ranges: number[] = [];
  const server: LoopbackRtspServer = await startRtspServer((socket) => {
    const asked_ms = rangeStart(
      server.seen.findLast(({ method }) => method === 'PLAY')!.headers.get('range')!,
    );
    const session = ranges.push(asked_ms) - 1;
    const from = firstOf(options.pictures, asked_ms, options.pre_roll ?? 'keyframe_before');
    const file = options.fileOf?.(options.pictures[from]!);
    const pictures = options.pictures
      .slice(from)
      .filter((picture) => options.fileOf?.(picture) === file)
      .map((picture) => options.change?.(picture, session) ?? picture);
    end(
      socket,
      packetsOf(pictures, session),
      options.endings[Math.min(session, options.endings.length - 1)]!,
    );
  });
  return Object.assign(server, { ranges });
}

/** The packets of all pictures of one session, as they lie on the wire. */
export function packetsOf(pictures: readonly RecordedPicture[], session: number): Buffer {
  let sequence = 65_000 + session * 777;
  const packets = pictures.flatMap(({ device_time_ms, nal, is_keyframe }) => {
    const timestamp = (session * 1_000_003 + device_time_ms * 90) % 2 ** 32;
    const payloads = [...(is_keyframe ? [CIF.sps, CIF.pps] : []), ...fragmentsOf(nal)];
    return payloads.map((payload, part) => {
      const replay = part === 0 ? { replay: { device_time_ms } } : {};
      sequence += 1;
      return interleaved(0, rtp({ sequence, timestamp, payload, ssrc: 7 + session, ...replay }));
    });
  });
  return Buffer.concat(packets);
}

function fragmentsOf(nal: Buffer): Buffer[] {
  const is_aggregate = (nal[0]! & 0x1f) === 24;
  return nal.length <= 24 || is_aggregate ? [nal] : h264Fragments(nal, 20);
}

function firstOf(pictures: readonly RecordedPicture[], asked_ms: number, pre_roll: PreRoll): number {
  const keyframes = pictures.flatMap(({ is_keyframe }, n) => (is_keyframe ? [n] : []));
  const before = keyframes.filter((n) => pictures[n]!.device_time_ms <= asked_ms);
  if (pre_roll === 'keyframe_after') {
    return keyframes.find((n) => pictures[n]!.device_time_ms > asked_ms) ?? pictures.length;
  }
  return before.at(pre_roll === 'one_group_early' ? -2 : -1) ?? keyframes[0] ?? 0;
}

function end(socket: Socket, bytes: Buffer, ending: Ending): void {
  if (ending.how === 'bye' || ending.after_bytes >= bytes.length) {
    socket.write(Buffer.concat([bytes, interleaved(1, RTCP_BYE)]));
    return;
  }
  const sent = bytes.subarray(0, ending.after_bytes);
  if (ending.how === 'silence') socket.write(sent);
  else if (ending.how === 'close') socket.end(sent);
  else if (ending.how === 'nonsense') socket.write(Buffer.concat([sent, Buffer.alloc(20_000, 0x41)]));
  else socket.write(sent, () => socket.resetAndDestroy());
}

function rangeStart(header: string): number {
  const [, year, month, day, hour, minute, second] =
    /^clock=(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)([\d.]+)Z/.exec(header) ?? [];
  const whole_ms = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute));
  return whole_ms + Math.round(Number(second) * 1000);
}
