import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  RESTART_DELAY_MS,
  RESTART_DELAY_MS_MAX,
  RESTART_FORGIVEN_AFTER_MS,
  STOP_GRACE_MS,
} from '../limits.ts';

/** One child to keep running. */
export interface Part {
  readonly name: string;
  /** Starts it. The child says `{ type: 'ready', url }` over its channel when it is. */
  start(): ChildProcess;
}

export interface SupervisorOptions {
  /** Aborting it ends everything in order. */
  readonly signal: AbortSignal;
  readonly onReady: (part: Part, url: string | null) => void;
  /** A part that had been ready is gone and will be started again after the pause. */
  readonly onCrash: (part: Part, how: string, restart_in_ms: number) => void;
  readonly restart_delay_ms?: number;
  readonly stop_grace_ms?: number;
}

interface ReadyMessage {
  readonly type: 'ready';
  readonly url: string | null;
}

/**
 * Keeps the parts running until the signal: a part that ends by itself is started again, with growing pauses. A
 * part that was never ready has a reason that starting again will not remove, so everything ends. Returns the
 * exit code of such a part, or 0.
 */
export async function supervise(parts: readonly Part[], options: SupervisorOptions): Promise<number> {
  const failure = new AbortController();
  const ending = AbortSignal.any([options.signal, failure.signal]);
  const codes = await Promise.all(
    parts.map(async (part) => {
      const code = await keepRunning(part, ending, options);
      if (code !== 0) failure.abort();
      return code;
    }),
  );
  return codes.find((code) => code !== 0) ?? 0;
}

async function keepRunning(part: Part, ending: AbortSignal, options: SupervisorOptions): Promise<number> {
  const first_delay_ms = options.restart_delay_ms ?? RESTART_DELAY_MS;
  let delay_ms = first_delay_ms;
  let was_ready = false;
  while (!ending.aborted) {
    const started_ms = performance.now();
    const child = part.start();
    child.on('message', (message) => {
      if (!isReady(message)) return;
      was_ready = true;
      options.onReady(part, message.url);
    });
    const { code, how } = await ended(child, ending, options.stop_grace_ms ?? STOP_GRACE_MS);
    if (ending.aborted) return 0;
    if (!was_ready) return code === 0 ? 0 : code;
    if (performance.now() - started_ms > RESTART_FORGIVEN_AFTER_MS) delay_ms = first_delay_ms;
    options.onCrash(part, how, delay_ms);
    await sleep(delay_ms, undefined, { signal: ending }).catch(() => {});
    delay_ms = Math.min(delay_ms * 2, RESTART_DELAY_MS_MAX);
  }
  return 0;
}

/** Waits for the child's end; when everything is to end, asks it to, and after the grace kills it. */
async function ended(child: ChildProcess, ending: AbortSignal, grace_ms: number) {
  const exit = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  let killer: NodeJS.Timeout | undefined;
  const stop = () => {
    child.kill('SIGTERM');
    killer = setTimeout(() => child.kill('SIGKILL'), grace_ms);
  };
  if (ending.aborted) stop();
  else ending.addEventListener('abort', stop, { once: true });
  try {
    const [code, signal] = await exit;
    return { code: code ?? 1, how: signal === null ? `exit code ${code}` : `signal ${signal}` };
  } finally {
    clearTimeout(killer);
    ending.removeEventListener('abort', stop);
  }
}

function isReady(message: unknown): message is ReadyMessage {
  return typeof message === 'object' && message !== null && 'type' in message && message.type === 'ready';
}
