import type { ChildProcessByStdio, SpawnOptions } from 'node:child_process';
import { PassThrough, type Readable } from 'node:stream';
import { CodedError } from '@minhchung/domain';
import FfmpegCommand from 'fluent-ffmpeg';
import { MEDIA_LIMITS } from '../limits.ts';
import { findProgram } from './find-program.ts';
import { sandboxedCommand, sandboxUser } from './sandbox.ts';
import { filesOf, prepareFiles, type ToolFiles, takeBack, withoutFolders } from './tool-files.ts';
import type { ToolName } from './tool-name.ts';

/** Where the tools are and how much of the machine they may take. */
export interface MediaToolOptions {
  /** Name on `PATH` or absolute path. */
  readonly ffmpeg_path?: string;
  readonly ffprobe_path?: string;
  /** Threads a tool may use; the tool's own choice when left out. */
  readonly threads?: number;
  /** Longest run of one derivative. */
  readonly deadline_ms?: number;
}

export interface ToolRun {
  readonly tool: ToolName;
  /** Everything after the program's name. Names from outside only behind `file:`. */
  readonly args: readonly string[];
  readonly deadline_ms: number;
  readonly signal: AbortSignal;
}

export interface RunningTool {
  /** What the tool prints; the tool waits while nobody reads. */
  readonly stdout: Readable;
  /** Resolves when the tool ended well. Throws `TOOL_FAILED`, `TOOL_TIMEOUT`, `CANCELLED`. */
  readonly finished: Promise<void>;
  /** Ends the tool and everything it started; `finished` then throws `CANCELLED`. */
  readonly stop: () => void;
}

type Child = ChildProcessByStdio<null, Readable, Readable>;

/** The part of fluent-ffmpeg used here: its runner takes spawn options, which its public `run` does not. */
interface Spawner {
  setFfmpegPath(path: string): unknown;
  _spawnFfmpeg(
    args: readonly string[],
    options: SpawnOptions & { captureStdout: boolean; stdoutLines: number },
    onStart: (child: Child) => void,
    onEnd: (error: Error | null, stdout?: unknown, stderr?: { get(): string }) => void,
  ): void;
}

const REPORT_LINES = 20;

/**
 * Starts ffmpeg or ffprobe: no shell, an empty environment, no standard input, a process group of its own, and the
 * limits of `sandbox.ts`: it reaches the files among its arguments and no others. Throws `TOOL_MISSING`,
 * `TOOL_FAILED` for an input that is not there, `CANCELLED`.
 */
export async function startTool(run: ToolRun, options: MediaToolOptions = {}): Promise<RunningTool> {
  const name = (run.tool === 'ffmpeg' ? options.ffmpeg_path : options.ffprobe_path) ?? run.tool;
  const program = await findProgram(name);
  if (program === null) throw missing(run.tool);
  const files = filesOf(run.args);
  const [command, ...prefix] = await sandboxedCommand(program, run.deadline_ms, files);
  const user_id = await sandboxUser();
  if (run.signal.aborted) throw new CodedError('CANCELLED');
  await prepareFiles(run.tool, files, user_id);

  let child: Child | undefined;
  let ended_by: CodedError | null = null;
  const end = (reason: CodedError) => {
    ended_by ??= reason;
    killGroup(child);
  };
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const onAbort = () => end(new CodedError('CANCELLED'));
  const timer = setTimeout(
    () => end(new CodedError('TOOL_TIMEOUT', { tool: run.tool, deadline_ms: run.deadline_ms })),
    run.deadline_ms,
  );
  run.signal.addEventListener('abort', onAbort, { once: true });

  const spawner = FfmpegCommand() as unknown as Spawner;
  spawner.setFfmpegPath(command!);
  spawner._spawnFfmpeg(
    [...prefix, ...run.args],
    {
      captureStdout: false,
      stdoutLines: REPORT_LINES,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      windowsHide: true,
      env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', AV_LOG_FORCE_NOCOLOR: '1' },
    },
    (started) => {
      child = started;
    },
    (error, _stdout, stderr) => {
      clearTimeout(timer);
      run.signal.removeEventListener('abort', onAbort);
      if (ended_by !== null) reject(ended_by);
      else if (error === null || error === undefined) takeBack(files, user_id).then(resolve, reject);
      else if ('code' in error && error.code === 'ENOENT') reject(missing(run.tool));
      else reject(failed(run.tool, error, stderr?.get() ?? '', files));
    },
  );
  // A caller that fails before it awaits the end has its own error to report.
  promise.catch(() => undefined);
  // When a child ends, Node throws away what nobody has begun to read; through here it waits to be read.
  const stdout = child!.stdout.pipe(new PassThrough());
  return { stdout, finished: promise, stop: onAbort };
}

function missing(tool: ToolName): CodedError {
  return new CodedError('TOOL_MISSING', { tool, hint: 'apt-get install ffmpeg' });
}

function failed(tool: ToolName, error: Error, report: string, files: ToolFiles): CodedError {
  const shown = withoutFolders(report, files).trim();
  const reason = shown.slice(-MEDIA_LIMITS.tool_report_chars_max) || error.message;
  return new CodedError('TOOL_FAILED', { tool, reason }, { cause: error });
}

function killGroup(child: Child | undefined): void {
  if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
}
