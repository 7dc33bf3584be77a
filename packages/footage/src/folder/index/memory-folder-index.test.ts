import { FOLDER_INDEX_CASES } from '@minhchung/testkit';
import { describe, it } from 'vitest';
import { createMemoryFolderIndex } from './memory-folder-index.ts';

describe('an index in memory', () => {
  for (const { name, run } of FOLDER_INDEX_CASES) {
    it(name, () =>
      run(createMemoryFolderIndex(), { recorder_id: 'r', path: '' }, { recorder_id: 'r', path: 'b' }),
    );
  }
});
