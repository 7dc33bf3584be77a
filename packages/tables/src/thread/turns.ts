/**
 * Lets `count` callers at a time have a turn, in the order they came. The function returned waits for a turn and
 * gives back what ends it. Throws the signal's reason for a caller that stops waiting.
 */
export function turns(count: number): (signal?: AbortSignal) => Promise<() => void> {
  let free = count;
  const waiting: (() => void)[] = [];

  function giveBack(): void {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  }

  return async (signal) => {
    signal?.throwIfAborted();
    if (free > 0) free -= 1;
    else {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const onAbort = () => {
        waiting.splice(waiting.indexOf(resolve), 1);
        reject(signal!.reason);
      };
      waiting.push(resolve);
      signal?.addEventListener('abort', onAbort, { once: true });
      await promise;
      signal?.removeEventListener('abort', onAbort);
    }
    return giveBack;
  };
}
