import fc from 'fast-check';

/** One change of a byte string, as numbers: they shrink well and cost little to make. */
type Change = readonly [kind: number, at: number, value: number];

const change: fc.Arbitrary<Change> = fc.tuple(fc.nat(7), fc.nat(0xffff), fc.nat(0xff));

/** Lengths and counts that break readers: none, all, the sign bit, one below and above a power of two. */
const SIGNIFICANT = [0x00, 0x01, 0x7f, 0x80, 0xff, 0xfe, 0x40, 0x10];

/** Up to `changes_max` changes of a byte string that is right: bits, bytes, fields, pieces cut, doubled, spliced. */
export function mutated(input: fc.Arbitrary<Buffer>, changes_max: number): fc.Arbitrary<Buffer> {
  return fc
    .tuple(input, fc.array(change, { maxLength: changes_max }))
    .map(([bytes, changes]) => changes.reduce(changed, bytes));
}

function changed(bytes: Buffer, [kind, position, value]: Change): Buffer {
  const at = bytes.length === 0 ? 0 : position % bytes.length;
  const head = bytes.subarray(0, at);
  const length = 1 + (value & 0x3f);
  switch (kind) {
    case 0:
      return Buffer.concat([head, Buffer.of(value), bytes.subarray(at + 1)]);
    case 1:
      return Buffer.concat([head, Buffer.of((bytes[at] ?? 0) ^ (1 << (value & 7))), bytes.subarray(at + 1)]);
    case 2:
      return Buffer.concat([head, bytes.subarray(at + length)]);
    case 3:
      return head;
    case 4:
      return Buffer.concat([head, bytes.subarray(at, at + length), bytes.subarray(at)]);
    case 5:
      return Buffer.concat([head, Buffer.alloc(length, value), bytes.subarray(at)]);
    case 6: {
      // A field of four bytes that says something extreme.
      const field = Buffer.alloc(4, SIGNIFICANT[value % SIGNIFICANT.length]);
      return Buffer.concat([head, field, bytes.subarray(at + field.length)]);
    }
    default: {
      // Spliced with another place of itself.
      const other = (at * 31 + value) % (bytes.length + 1);
      return Buffer.concat([head, bytes.subarray(other, other + length), bytes.subarray(at + length)]);
    }
  }
}
