import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Runs a program to its end and gives what it printed, as bytes. */
export async function run(program: string, ...args: string[]): Promise<Buffer> {
  const { stdout } = await execute(program, args, { encoding: 'buffer', maxBuffer: 256 * 1024 * 1024 });
  return stdout;
}
