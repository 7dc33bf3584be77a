import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** A process that measures: it answers every order once. */
export class Child {
  readonly #process: ChildProcess;

  private constructor(process: ChildProcess) {
    this.#process = process;
  }

  /** Starts a program below this folder with one argument, and waits until it says that it is ready. */
  static async start(
    program: string,
    argument: unknown,
    node_options: readonly string[] = [],
  ): Promise<Child> {
    const path = join(import.meta.dirname, program);
    const child = fork(path, [JSON.stringify(argument)], {
      execArgv: [...node_options],
      serialization: 'advanced',
    });
    await firstOf(child);
    return new Child(child);
  }

  async ask<T>(order: unknown): Promise<T> {
    const answered = firstOf<T>(this.#process);
    this.#process.send(order as object);
    return await answered;
  }

  /** Ends it and waits for its end. */
  async close(): Promise<void> {
    const ended = once(this.#process, 'exit');
    this.#process.disconnect();
    await ended;
  }
}

/** In the process itself: obeys one order after the other, and ends when the parent does. */
export async function obey(
  run: (order: never) => Promise<unknown>,
  close: () => Promise<void>,
): Promise<void> {
  process.on('message', async (order) => {
    process.send!({ answer: await run(order as never) });
  });
  process.on('disconnect', async () => {
    await close();
    process.exit(0);
  });
  process.send!({ answer: 'ready' });
}

async function firstOf<T>(child: ChildProcess): Promise<T> {
  const ending = new AbortController();
  try {
    const message = once(child, 'message', { signal: ending.signal });
    const exit = once(child, 'exit', { signal: ending.signal }).then(([code]) => {
      throw new Error(`a process of the bench ended with ${code}`);
    });
    exit.catch(() => {});
    const [{ answer }] = (await Promise.race([message, exit])) as [{ answer: T }];
    return answer;
  } finally {
    ending.abort();
  }
}
