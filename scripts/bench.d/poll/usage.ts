/** What a piece of work cost this process. */
export interface Usage {
  readonly cpu_ms: number;
  readonly wall_ms: number;
  readonly rss_max_mb: number;
}

/** Often enough for a sweep, seldom enough not to be part of its cost. */
const SAMPLE_MS = 100;
const MB = 1024 * 1024;

/** Runs it and measures: processor time of all threads, time on the wall, and the most memory seen. */
export async function measured<T>(run: () => Promise<T>): Promise<{ result: T; usage: Usage }> {
  let rss_max = process.memoryUsage.rss();
  const timer = setInterval(() => {
    rss_max = Math.max(rss_max, process.memoryUsage.rss());
  }, SAMPLE_MS);
  const cpu = process.cpuUsage();
  const started_ms = performance.now();
  try {
    const result = await run();
    const wall_ms = performance.now() - started_ms;
    const { user, system } = process.cpuUsage(cpu);
    return { result, usage: { cpu_ms: (user + system) / 1000, wall_ms, rss_max_mb: rss_max / MB } };
  } finally {
    clearInterval(timer);
  }
}

/** The middle value. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
