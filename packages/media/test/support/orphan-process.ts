/** Starts a tool, prints the process ids of everything below it once it runs, and waits to be killed. */
import { once } from 'node:events';
import { startTool } from '../../src/tools/run-tool.ts';
import { childrenNamed } from './children.ts';

const run = { tool: 'ffmpeg', args: [], deadline_ms: 600_000, signal: new AbortController().signal } as const;
const running = await startTool(run, { ffmpeg_path: process.argv[2]! });
await once(running.stdout, 'data');
for (;;) {
  const [pid] = await childrenNamed('sleep');
  if (pid !== undefined) {
    console.log(pid);
    break;
  }
}
