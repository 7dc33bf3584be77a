import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';

const MINHCHUNG = join(import.meta.dirname, '../bin/minhchung');

test('a reader who has seen enough ends the command without a complaint', async () => {
  const child = spawn(MINHCHUNG, ['--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  const [complaint, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  expect(complaint).toBe('');
  expect(code).toBe(141);
});
