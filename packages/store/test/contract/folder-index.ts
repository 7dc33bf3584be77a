import { FOLDER_INDEX_CASES } from '@minhchung/testkit';
import { it } from 'vitest';
import type { Contract } from './suite.ts';

const TRACK = { recorder_id: 'recorder-1', path: '' };
const OTHER = { recorder_id: 'recorder-1', path: 'ngõ 5/cổng' };

/** The index of recording folders. */
export const folderIndexContract: Contract = (subject) => {
  for (const { name, run } of FOLDER_INDEX_CASES) {
    it(name, () => run(subject().store.folderIndex, TRACK, OTHER));
  }

  it('gives numbers to tracks that are begun at the same time', async () => {
    const { folderIndex } = subject().store;
    const paths = Array.from({ length: 8 }, (_, n) => ({ recorder_id: 'recorder-1', path: `cam-${n}` }));
    const state = { layout_key: 'k', scanned_at_ms: 1, changed_at_ms: 2, wide_at_ms: 3, is_complete: true };
    await Promise.all(
      paths.map((track, n) => folderIndex.saveState(track, { ...state, layout_key: String(n) })),
    );
    for (const [n, track] of paths.entries()) {
      if ((await folderIndex.state(track))?.layout_key !== String(n))
        throw new Error(`track ${n} was mixed up`);
    }
  });
};
