import { Readable, Writable } from 'node:stream';
import { runProgram } from '../src/commands/program.ts';

/** Runs one command as a person or a script would, and tells what came of it. */
export async function runForTest(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  input = '',
) {
  const out: string[] = [];
  const err: string[] = [];
  let code = 0;
  const into = (pieces: string[]) =>
    new Writable({
      write(chunk, _encoding, done) {
        pieces.push(String(chunk));
        done();
      },
    });
  await runProgram(args, {
    stdin: Readable.from([input]),
    stdout: into(out),
    stderr: into(err),
    env: { MINHCHUNG_LOGGING__LEVEL: 'silent', ...env },
    signal: new AbortController().signal,
    setExitCode: (given) => {
      code = given;
    },
  });
  return { code, out: out.join(''), err: err.join(''), json: () => JSON.parse(out.join('')) };
}
