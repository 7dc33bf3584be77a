/** The Huffman tables that RFC 2435 takes for granted: ISO/IEC 10918-1, tables K.3 to K.6. */
interface HuffmanTable {
  /** Class (0 DC, 1 AC) and destination, as a DHT segment says them. */
  readonly target: number;
  /** Number of codes of each length, 1 to 16 bits. */
  readonly counts: readonly number[];
  readonly values: readonly number[];
}

const DC_VALUES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

/** Run and size of the AC codes, two hexadecimal digits each. */
const AC_LUMA =
  '01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a25262728292a34353637' +
  '38393a434445464748494a535455565758595a636465666768696a737475767778797a838485868788898a92939495969798999aa2a3' +
  'a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa';
const AC_CHROMA =
  '000102031104052131061241510761711322328108144291a1b1c109233352f0156272d10a162434e125f11718191a262728292a3536' +
  '3738393a434445464748494a535455565758595a636465666768696a737475767778797a82838485868788898a92939495969798999a' +
  'a2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae2e3e4e5e6e7e8e9eaf2f3f4f5f6f7f8f9fa';

const TABLES: readonly HuffmanTable[] = [
  { target: 0x00, counts: [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0], values: DC_VALUES },
  { target: 0x10, counts: [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 125], values: bytesOf(AC_LUMA) },
  { target: 0x01, counts: [0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0], values: DC_VALUES },
  { target: 0x11, counts: [0, 2, 1, 2, 4, 4, 3, 4, 7, 5, 4, 4, 0, 1, 2, 119], values: bytesOf(AC_CHROMA) },
];

/** The four tables as DHT segments. */
export const HUFFMAN_SEGMENTS: readonly number[] = TABLES.flatMap(({ target, counts, values }) => {
  const length = 2 + 1 + counts.length + values.length;
  return [0xff, 0xc4, length >> 8, length & 0xff, target, ...counts, ...values];
});

function bytesOf(hex: string): number[] {
  return [...Buffer.from(hex, 'hex')];
}
