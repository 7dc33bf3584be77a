/** Names of factors with the values each can have. */
type FactorValues = Readonly<Record<string, readonly string[]>>;
type Row = Readonly<Record<string, string>>;

/**
 * Rows in which every pair of values of two factors occurs in at least one row. Greedy and deterministic: each row
 * begins with a pair that is still missing, and every further factor takes the value that covers most of what is
 * missing, the first of equals. With `tied`, the factors named there only occur in the combinations listed.
 */
export function pairwiseCover(
  factors: FactorValues,
  tied: readonly Row[] | null = null,
): Record<string, string>[] {
  const names = Object.keys(factors);
  const missing = new Set(everyPair(factors, names));
  const rows: Record<string, string>[] = [];
  while (missing.size > 0) {
    const [seed] = missing;
    const row = bestRow(factors, names, tied, missing, seed!);
    const covered = pairsOf(row, names).filter((pair) => missing.delete(pair));
    if (covered.length === 0) throw new RangeError(`${seed} occurs in none of the combinations allowed.`);
    rows.push(row);
  }
  return rows;
}

/** Every pair of values of two different factors, as text. */
export function everyPair(factors: FactorValues, names = Object.keys(factors)): string[] {
  return names.flatMap((a, n) =>
    names
      .slice(n + 1)
      .flatMap((b) => factors[a]!.flatMap((of_a) => factors[b]!.map((of_b) => pair(a, of_a, b, of_b)))),
  );
}

/** The pairs that one row covers. */
export function pairsOf(row: Row, names = Object.keys(row)): string[] {
  const set = names.filter((name) => row[name] !== undefined);
  return set.flatMap((a, n) => set.slice(n + 1).map((b) => pair(a, row[a]!, b, row[b]!)));
}

function bestRow(
  factors: FactorValues,
  names: readonly string[],
  tied: readonly Row[] | null,
  missing: ReadonlySet<string>,
  seed: string,
): Record<string, string> {
  const starts = tied ?? [{}];
  const seeded = Object.fromEntries(seed.split(' ').map((word) => word.split('=') as [string, string]));
  const fits = starts.filter((start) => names.every((name) => agree(start[name], seeded[name])));
  const candidates = (fits.length > 0 ? fits : starts).map((start) => {
    let row: Record<string, string> = { ...start, ...(fits.length > 0 ? seeded : {}) };
    for (const name of names) {
      if (row[name] !== undefined) continue;
      const gains = factors[name]!.map((value) => gain({ ...row, [name]: value }, names, missing));
      row = { ...row, [name]: factors[name]![gains.indexOf(Math.max(...gains))]! };
    }
    return row;
  });
  const gains = candidates.map((row) => gain(row, names, missing));
  return candidates[gains.indexOf(Math.max(...gains))]!;
}

function gain(row: Row, names: readonly string[], missing: ReadonlySet<string>): number {
  return pairsOf(row, [...names]).filter((one) => missing.has(one)).length;
}

function agree(a: string | undefined, b: string | undefined): boolean {
  return a === undefined || b === undefined || a === b;
}

function pair(a: string, of_a: string, b: string, of_b: string): string {
  return `${a}=${of_a} ${b}=${of_b}`;
}
