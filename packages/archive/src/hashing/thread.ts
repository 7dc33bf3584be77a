import { createHash, type Hash } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import type { HashingAnswer, HashingTask } from './messages.ts';

/** The thread that hashes, for the life of the process. */
const hashes = new Map<number, Hash>();

parentPort!.on('message', (task: HashingTask) => {
  if (task.kind === 'drop') {
    hashes.delete(task.hash);
    return;
  }
  const hash = hashes.get(task.hash) ?? createHash('sha256');
  hashes.set(task.hash, hash);
  let sha256: string | null = null;
  if (task.kind === 'update') hash.update(task.bytes);
  else {
    sha256 = hash.digest('hex');
    hashes.delete(task.hash);
  }
  parentPort!.postMessage({ hash: task.hash, sha256 } satisfies HashingAnswer);
});
