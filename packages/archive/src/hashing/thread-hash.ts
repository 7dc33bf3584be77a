import { Worker } from 'node:worker_threads';
import type { HashingAnswer, HashingTask } from './messages.ts';

/** Who waits for an answer about one hash, in the order of asking. */
interface Waiting {
  readonly resolve: (answer: HashingAnswer) => void;
  readonly reject: (error: unknown) => void;
}

/** A thread, and who waits for it, by hash. */
interface Thread {
  readonly worker: Worker;
  readonly waiting: Map<number, Waiting[]>;
  /** Why it can be asked no more; null: it can. */
  failure: Error | null;
}

/** The one thread of this process; null before its first use and after it failed. */
let thread: Thread | null = null;
let hashes_made = 0;

/**
 * SHA-256 of bytes in shared memory, worked out in a thread of its own: hashing is half of what a clip costs, and the processor that
 * cuts has something else to do. Updates may be on their way several at a time. When the thread fails, all that is on its way throws,
 * and whatever is asked of the hashes it had; the next hash has a new one.
 */
export class ThreadHash {
  readonly #hash = ++hashes_made;
  readonly #thread = thread ?? startThread();
  #has_begun = false;

  /** Resolves when the bytes were taken; until then they must stay as they are. */
  async update(bytes: Uint8Array): Promise<void> {
    this.#has_begun = true;
    await this.#ask({ kind: 'update', hash: this.#hash, bytes });
  }

  /** In lower-case hex. Nothing may follow. */
  async digest(): Promise<string> {
    this.#has_begun = false;
    const { sha256 } = await this.#ask({ kind: 'digest', hash: this.#hash });
    return sha256!;
  }

  /** Lets go of a hash that nobody wants any more; after a digest there is nothing to let go of. */
  drop(): void {
    if (this.#has_begun)
      this.#thread.worker.postMessage({ kind: 'drop', hash: this.#hash } satisfies HashingTask);
    this.#has_begun = false;
  }

  async #ask(task: HashingTask): Promise<HashingAnswer> {
    const { worker, waiting, failure } = this.#thread;
    if (failure !== null) throw failure;
    const { promise, resolve, reject } = Promise.withResolvers<HashingAnswer>();
    if (waiting.size === 0) worker.ref();
    const queue = waiting.get(this.#hash) ?? [];
    waiting.set(this.#hash, queue);
    queue.push({ resolve, reject });
    worker.postMessage(task);
    return await promise;
  }
}

function startThread(): Thread {
  const worker = new Worker(new URL('./thread.ts', import.meta.url));
  const started: Thread = { worker, waiting: new Map(), failure: null };
  const { waiting } = started;
  worker.on('message', (answer: HashingAnswer) => {
    const queue = waiting.get(answer.hash)!;
    queue.shift()!.resolve(answer);
    if (queue.length === 0) waiting.delete(answer.hash);
    if (waiting.size === 0) worker.unref();
  });
  const fail = (cause?: unknown) => {
    started.failure ??= new Error('the thread that hashes has ended', { cause });
    if (thread === started) thread = null;
    const left = [...waiting.values()].flat();
    waiting.clear();
    for (const { reject } of left) reject(started.failure);
  };
  worker.on('error', fail);
  worker.on('exit', () => fail());
  // Who waits holds the process; the thread alone does not. After the listeners: the first of them would hold it again.
  worker.unref();
  thread = started;
  return started;
}
