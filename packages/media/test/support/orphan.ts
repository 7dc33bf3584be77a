import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/**
 * Has another process start a tool, kills that process without a chance to clean up, and gives a question: is the
 * tool still there?
 */
export async function orphanedTool(ffmpeg_path: string): Promise<() => boolean> {
  const program = join(import.meta.dirname, 'orphan-process.ts');
  const parent = spawn(process.execPath, [program, ffmpeg_path], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [pid] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string];
  const ended = once(parent, 'exit');
  parent.kill('SIGKILL');
  await ended;
  return () => existsSync(`/proc/${pid}`);
}
