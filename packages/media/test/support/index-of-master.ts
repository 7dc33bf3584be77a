/** One sample as the boxes of a file say it, to the letter. */
export interface IndexedSample {
  readonly offset: number;
  readonly size: number;
  readonly decode: number;
  /** After the edit list: zero is the first thing shown. */
  readonly presentation: number;
  readonly is_sync: boolean;
}

const CONTAINERS = ['moov', 'trak', 'mdia', 'minf', 'stbl', 'edts'];

/** Reads the index of a plain MP4 with one track. Players forgive errors in it; this does not. */
export function indexOfMaster(file: Buffer): IndexedSample[] {
  const boxes = new Map<string, Buffer>();
  collect(file, boxes);
  const sizes = numbers(boxes.get('stsz')!, 8).slice(1);
  const deltas = expand(numbers(boxes.get('stts')!, 4).slice(1));
  const offsets = boxes.has('ctts') ? expand(numbers(boxes.get('ctts')!, 4).slice(1)) : sizes.map(() => 0);
  const sync = boxes.has('stss') ? new Set(numbers(boxes.get('stss')!, 4).slice(1)) : null;
  const media_time = boxes.has('elst') ? Number(boxes.get('elst')!.readBigInt64BE(16)) : 0;
  const places = samplePlaces(
    numbers(boxes.get('stsc')!, 4).slice(1),
    numbers(boxes.get('stco')!, 4).slice(1),
    sizes,
  );
  let decode = 0;
  return sizes.map((size, index) => {
    const sample = {
      offset: places[index]!,
      size,
      decode,
      presentation: decode + offsets[index]! - media_time,
      is_sync: sync === null || sync.has(index + 1),
    };
    decode += deltas[index]!;
    return sample;
  });
}

function collect(bytes: Buffer, boxes: Map<string, Buffer>): void {
  for (let at = 0; at < bytes.length; ) {
    const size = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    const content = bytes.subarray(at + 8, at + size);
    if (CONTAINERS.includes(type)) collect(content, boxes);
    else boxes.set(type, content);
    at += size;
  }
}

function numbers(box: Buffer, from: number): number[] {
  return Array.from({ length: (box.length - from) / 4 }, (_, index) => box.readUInt32BE(from + index * 4));
}

/** Pairs of (count, value) written out. */
function expand(pairs: number[]): number[] {
  return pairs.flatMap((count, index) =>
    index % 2 === 0 ? new Array<number>(count).fill(pairs[index + 1]!) : [],
  );
}

function samplePlaces(stsc: number[], chunk_offsets: number[], sizes: number[]): number[] {
  const places: number[] = [];
  let samples_per_chunk = 0;
  for (const [chunk, start] of chunk_offsets.entries()) {
    const entry = stsc.findIndex((first, index) => index % 3 === 0 && first === chunk + 1);
    if (entry !== -1) samples_per_chunk = stsc[entry + 1]!;
    let offset = start;
    for (let count = 0; count < samples_per_chunk; count++) {
      places.push(offset);
      offset += sizes[places.length - 1]!;
    }
  }
  return places;
}
