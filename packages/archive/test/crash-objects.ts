/** What the crash test writes: the same bytes every time, so that anybody can tell what is whole. */
export const MASTER = {
  key: 'item-1/1/master.mp4',
  // More than one block, and no whole number of them.
  chunks: [Buffer.alloc(100_000, 'a'), Buffer.alloc(4 * 1024 * 1024, 'b'), Buffer.alloc(1, 'c')],
};

export const MANIFEST = { key: 'item-1/1/manifest.json', chunks: [Buffer.from('{"format":"x"}')] };
