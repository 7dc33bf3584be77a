/** `pnpm fuzz [options]`: broken input, made with structure, for every parser group; a million cases each. */
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { allGroups } from '../../test/fuzz/groups.ts';
import type { FuzzOrder, FuzzPiece } from './worker.ts';

const CASES_DEFAULT = 1_000_000;
const SEED_MAX = 2 ** 31 - 1;
/** A thousand cases take a fraction of a second, of files a few; longer means a parser that does not come back. */
const PIECE_MS_MAX = 120_000;
/** What a parser's process may hold; more ends it, which counts as a failure. */
const HEAP_MB_MAX = 512;

interface Ran {
  readonly cases: number;
  readonly took_s: number;
  readonly failure: string | null;
}

async function run(order: FuzzOrder): Promise<Ran> {
  const started_ms = performance.now();
  const worker = new Worker(join(import.meta.dirname, 'worker.ts'), {
    workerData: order,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB_MAX },
  });
  const { promise, resolve } = Promise.withResolvers<string | null>();
  let cases = 0;
  let seed = order.seed;
  let timer: NodeJS.Timeout | undefined;
  const watch = () => {
    clearTimeout(timer);
    timer = setTimeout(() => resolve(`a case among those of seed ${seed} does not come back`), PIECE_MS_MAX);
  };
  watch();
  worker.on('message', (piece: FuzzPiece) => {
    cases += piece.cases;
    seed = piece.seed + 1;
    if (piece.failure !== null) resolve(`seed ${piece.seed}: ${piece.failure}`);
    watch();
  });
  worker.on('error', (error) => resolve(`seed ${seed}: ${error}`));
  worker.on('exit', () => resolve(null));
  const failure = await promise;
  clearTimeout(timer);
  await worker.terminate();
  return { cases, took_s: (performance.now() - started_ms) / 1000, failure };
}

const { values } = parseArgs({
  options: {
    group: { type: 'string', multiple: true },
    cases: { type: 'string', default: String(CASES_DEFAULT) },
    seed: { type: 'string', default: String(randomInt(SEED_MAX)) },
    help: { type: 'boolean', default: false },
  },
});
const { groups, close } = await allGroups();
close();
if (values.help) {
  console.log('pnpm fuzz [--group NAME]… [--cases N] [--seed N]\n');
  for (const { name, about } of groups) console.log(`  ${name.padEnd(16)}${about}`);
} else {
  const chosen = groups.filter(({ name }) => values.group === undefined || values.group.includes(name));
  const seed = Number(values.seed);
  console.log(`seed ${seed}: the same seed and number of cases try the same again`);
  for (const { name } of chosen) {
    const ran = await run({ group: name, seed, cases: Number(values.cases) });
    const speed = Math.round(ran.cases / ran.took_s);
    const verdict = ran.failure === null ? 'holds' : `FAILED, ${ran.failure}`;
    console.log(
      `${name.padEnd(16)}${String(ran.cases).padStart(9)} cases ${String(speed).padStart(7)} a second  ${verdict}`,
    );
    if (ran.failure !== null) process.exitCode = 1;
  }
}
