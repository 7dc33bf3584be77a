import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalArchive } from '@minhchung/archive';
import { describeArchive } from './archive-contract.ts';

describeArchive('local folder', async () => {
  const home = mkdtempSync(join(tmpdir(), 'minhchung-archive-'));
  const store = await createLocalArchive({ root: join(home, 'made', 'when', 'missing') });
  return {
    store,
    close: async () => {
      await store.close();
      rmSync(home, { recursive: true });
    },
  };
});
