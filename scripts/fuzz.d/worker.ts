/** Runs one group's cases in pieces and tells of every piece; a piece that never ends is ended from outside. */
import { parentPort, workerData } from 'node:worker_threads';
import fc from 'fast-check';
import { allGroups, PARSER_GROUPS } from '../../test/fuzz/groups.ts';

/** What the worker is to do. */
export interface FuzzOrder {
  readonly group: string;
  readonly seed: number;
  readonly cases: number;
}

/** One piece done; `failure` is what fast-check says of a case that broke its rule. */
export interface FuzzPiece {
  readonly seed: number;
  readonly cases: number;
  readonly failure: string | null;
}

/** Few enough for a busy machine to do one before it counts as hanging. */
const PIECE_CASES = 1_000;

const { group: name, seed, cases } = workerData as FuzzOrder;
const is_parser = PARSER_GROUPS.some((one) => one.name === name);
const { groups, close } = is_parser ? { groups: PARSER_GROUPS, close: () => {} } : await allGroups();
const { property } = groups.find((one) => one.name === name)!;
for (let done = 0, piece = 0; done < cases; done += PIECE_CASES, piece += 1) {
  const numRuns = Math.min(PIECE_CASES, cases - done);
  const found = await fc.check(property as fc.IAsyncProperty<unknown>, { seed: seed + piece, numRuns });
  const failure = found.failed ? (fc.defaultReportMessage(found) ?? 'it failed') : null;
  parentPort!.postMessage({ seed: seed + piece, cases: numRuns, failure } satisfies FuzzPiece);
  if (failure !== null) break;
}
close();
