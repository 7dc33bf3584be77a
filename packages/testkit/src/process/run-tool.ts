import { spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { CodedError } from '@minhchung/domain';
import { TOOL_STDERR_BYTES_MAX } from '../limits.ts';

/** A started media tool. `finished` settles once, after its output was closed. */
export interface RunningTool {
  readonly stdin: Writable;
  readonly stdout: Readable;
  /** Resolves at exit code 0; rejects with `TOOL_MISSING`, `TOOL_FAILED` or `CANCELLED`. */
  readonly finished: Promise<void>;
  /** Ends the tool early; `finished` then rejects with `CANCELLED`. */
  stop(): void;
}

/** What to type when a tool is not there. */
const INSTALL_HINTS: Readonly<Record<string, string>> = {
  ffmpeg: 'apt-get install ffmpeg',
  ffprobe: 'apt-get install ffmpeg',
  'apt-get': 'use a Debian machine',
  'dpkg-deb': 'use a Debian machine',
};

/** Starts a program without a shell. Its error output is kept only as a short tail for the message. */
export function startTool(
  tool: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly signal?: AbortSignal } = {},
): RunningTool {
  const child = spawn(tool, args, { cwd: options.cwd, stdio: ['pipe', 'pipe', 'pipe'] });
  let stopped = false;
  let stderr_tail = '';
  const stop = () => {
    stopped = true;
    child.kill('SIGKILL');
  };
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr_tail = (stderr_tail + text).slice(-TOOL_STDERR_BYTES_MAX);
  });
  // A tool that ends early breaks its input pipe; the exit code tells why.
  child.stdin.on('error', () => undefined);
  const finished = new Promise<void>((resolve, reject) => {
    child.once('error', (cause) => {
      const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
      reject(missing ? toolMissing(tool) : new CodedError('TOOL_FAILED', { tool, reason: cause.message }));
    });
    child.once('close', (code, killed_by) => {
      options.signal?.removeEventListener('abort', stop);
      if (stopped) return reject(new CodedError('CANCELLED'));
      if (code === 0) return resolve();
      const reason = lastLine(stderr_tail) || `exit ${code ?? killed_by}`;
      reject(new CodedError('TOOL_FAILED', { tool, reason }));
    });
  });
  finished.catch(() => undefined);
  if (options.signal?.aborted) stop();
  else options.signal?.addEventListener('abort', stop, { once: true });
  return { stdin: child.stdin, stdout: child.stdout, finished, stop };
}

/** Runs a program to its end and returns what it printed, up to `stdout_bytes_max`. */
export async function runTool(
  tool: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly signal?: AbortSignal; readonly stdout_bytes_max?: number } = {},
): Promise<Buffer> {
  const running = startTool(tool, args, options);
  running.stdin.end();
  const limit_bytes = options.stdout_bytes_max ?? 1024 * 1024;
  const chunks: Buffer[] = [];
  let size_bytes = 0;
  for await (const chunk of running.stdout as AsyncIterable<Buffer>) {
    size_bytes += chunk.length;
    if (size_bytes > limit_bytes) {
      running.stop();
      throw new CodedError('TOOL_FAILED', { tool, reason: `printed more than ${limit_bytes} bytes` });
    }
    chunks.push(chunk);
  }
  await running.finished;
  return Buffer.concat(chunks);
}

function toolMissing(tool: string): CodedError {
  return new CodedError('TOOL_MISSING', { tool, hint: INSTALL_HINTS[tool] ?? `install ${tool}` });
}

function lastLine(text: string): string {
  return text.trimEnd().split('\n').slice(-3).join(' | ').trim();
}
