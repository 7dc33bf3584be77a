import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalArchive } from '@minhchung/archive';
import { describeArchive, type OpenStore } from './archive-contract.ts';
import { describeReadingBack } from './reading-back-contract.ts';

const openFolder: OpenStore = async () => {
  const home = mkdtempSync(join(tmpdir(), 'minhchung-archive-'));
  const store = await createLocalArchive({ root: join(home, 'made', 'when', 'missing') });
  return {
    store,
    close: async () => {
      await store.close();
      rmSync(home, { recursive: true });
    },
  };
};

describeArchive('local folder', openFolder);
describeReadingBack('local folder', openFolder);
