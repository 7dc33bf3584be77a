/** What the simulator encodes as streams of NAL units. */
export type RecordedCodec = 'h264' | 'h265';

/** Parameter sets as NAL units without start code or length. `vps` is empty for H.264. */
export interface ParameterSets {
  readonly vps: readonly Uint8Array[];
  readonly sps: readonly Uint8Array[];
  readonly pps: readonly Uint8Array[];
}

const START_CODE = Buffer.from([0, 0, 0, 1]);

/** NAL units of an access unit stored behind 4-byte lengths, as views. Throws `RangeError` on a broken length. */
export function splitLengthPrefixed(access_unit: Uint8Array): Buffer[] {
  const bytes = Buffer.from(access_unit.buffer, access_unit.byteOffset, access_unit.length);
  const nal_units: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const size_bytes = bytes.readUInt32BE(at);
    if (size_bytes === 0 || at + 4 + size_bytes > bytes.length)
      throw new RangeError('Broken NAL unit length.');
    nal_units.push(bytes.subarray(at + 4, at + 4 + size_bytes));
    at += 4 + size_bytes;
  }
  return nal_units;
}

/** NAL units behind 4-byte lengths. */
export function joinLengthPrefixed(nal_units: readonly Uint8Array[]): Buffer {
  return Buffer.concat(nal_units.flatMap((nal_unit) => [lengthOf(nal_unit), nal_unit]));
}

/** Annex B byte stream (ISO/IEC 14496-10 Annex B) with 4-byte start codes. */
export function toAnnexB(access_unit: Uint8Array): Buffer {
  return Buffer.concat(splitLengthPrefixed(access_unit).flatMap((nal_unit) => [START_CODE, nal_unit]));
}

/** Parameter sets out of an `avcC` or `hvcC` record (ISO/IEC 14496-15 5.3.3.1, 8.3.3.1). */
export function parameterSetsOf(codec: RecordedCodec, configuration: Uint8Array): ParameterSets {
  const bytes = Buffer.from(configuration.buffer, configuration.byteOffset, configuration.length);
  return codec === 'h264' ? fromAvcC(bytes) : fromHvcC(bytes);
}

function fromAvcC(bytes: Buffer): ParameterSets {
  const sps = takeUnits(bytes, 6, bytes[5]! & 0x1f);
  const pps = takeUnits(bytes, sps.end + 1, bytes[sps.end]!);
  return { vps: [], sps: sps.nal_units, pps: pps.nal_units };
}

function fromHvcC(bytes: Buffer): ParameterSets {
  const by_type = new Map<number, Buffer[]>();
  let at = 23;
  for (let array = 0; array < bytes[22]!; array++) {
    const taken = takeUnits(bytes, at + 3, bytes.readUInt16BE(at + 1));
    by_type.set(bytes[at]! & 0x3f, taken.nal_units);
    at = taken.end;
  }
  return { vps: by_type.get(32) ?? [], sps: by_type.get(33) ?? [], pps: by_type.get(34) ?? [] };
}

function takeUnits(bytes: Buffer, start: number, count: number): { nal_units: Buffer[]; end: number } {
  const nal_units: Buffer[] = [];
  let at = start;
  for (let n = 0; n < count; n++) {
    const size_bytes = bytes.readUInt16BE(at);
    nal_units.push(bytes.subarray(at + 2, at + 2 + size_bytes));
    at += 2 + size_bytes;
  }
  return { nal_units, end: at };
}

function lengthOf(nal_unit: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(nal_unit.length);
  return length;
}
