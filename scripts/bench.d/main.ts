/** `pnpm bench [NAME] [--json] [options]`: measures one thing; without a name, lists what can be measured. */
import type { Bench } from './bench.ts';
import { exactnessBench } from './exactness/exactness-bench.ts';
import { extractionBench } from './extraction/extraction-bench.ts';
import { networkBench } from './network/network-bench.ts';
import { pollBench } from './poll/poll-bench.ts';
import { printJson, printTables } from './print.ts';
import { replayBench } from './replay/replay-bench.ts';
import { searchBench } from './search/search-bench.ts';

const BENCHES: readonly Bench[] = [
  exactnessBench,
  extractionBench,
  networkBench,
  pollBench,
  replayBench,
  searchBench,
];
const WRONG_CALL = 2;

function list(print: (line: string) => void): void {
  print('pnpm bench NAME [--json] [options]\n');
  for (const { name, about, options } of BENCHES) {
    print(`  ${name.padEnd(12)}${about}`);
    for (const option of options) print(`              ${option}`);
  }
}

const [name, ...args] = process.argv.slice(2).filter((arg) => arg !== '--json');
const bench = BENCHES.find((one) => one.name === name);
if (name === undefined || name === '--help') list(console.log);
else if (bench === undefined) {
  console.error(`There is no bench "${name}".\n`);
  list(console.error);
  process.exitCode = WRONG_CALL;
} else {
  const result = await bench.run(args, (line) => console.error(line));
  if (process.argv.includes('--json')) printJson(bench.name, result);
  else printTables(bench.name, result);
}
