import { runProgram } from './commands/program.ts';

const ending = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.on(name, () => ending.abort(new Error(name)));
}
/** As if SIGPIPE had ended the program, which Node ignores. */
const READER_GONE_EXIT_CODE = 141;
// Whoever reads may stop early (`minhchung worklist | head`): that is no failure to tell of.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(READER_GONE_EXIT_CODE);
  throw error;
});
// Part of a supervised tree: never outlive the supervisor.
process.on('disconnect', () => ending.abort(new Error('the supervisor is gone')));

await runProgram(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  signal: ending.signal,
  setExitCode: (code) => {
    process.exitCode = code;
  },
});
if (process.connected) process.disconnect();
