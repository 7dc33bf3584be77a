import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { MEDIA_LIMITS } from '../limits.ts';
import { findProgram } from './find-program.ts';

const run = promisify(execFile);

/**
 * The first of several prefixes that starts a harmless program, its own program made absolute; none where none does.
 * A prefix is a program and its options, which then becomes what follows.
 */
export async function firstThatWorks(prefixes: readonly (readonly string[])[]): Promise<readonly string[]> {
  if (process.platform !== 'linux') return [];
  for (const [name, ...options] of prefixes) {
    const program = await findProgram(name!);
    if (program === null) continue;
    const works = await run(program, [...options, 'true'], {
      timeout: MEDIA_LIMITS.version_deadline_ms,
    }).then(
      () => true,
      () => false,
    );
    if (works) return [program, ...options];
  }
  return [];
}
