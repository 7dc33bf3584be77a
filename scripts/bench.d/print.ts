import { type BenchResult, type Figure, isMet } from './bench.ts';

/** The result as one JSON object: every figure under its name, its goal beside it. */
export function printJson(name: string, { figures, details, notes }: BenchResult): void {
  const values = Object.fromEntries(figures.map((figure) => [figure.name, figure.value]));
  const goals = figures.filter(hasGoal).map((figure) => {
    const { goal_max, goal_min } = figure;
    const bound = goal_min === undefined ? { max: goal_max } : { min: goal_min };
    return [figure.name, { ...bound, met: isMet(figure) }] as const;
  });
  console.log(
    JSON.stringify({ bench: name, ...values, goals: Object.fromEntries(goals), ...details, notes }),
  );
}

/** The result for a person. */
export function printTables(name: string, { figures, details, notes }: BenchResult): void {
  console.log(`\n${name}\n`);
  printRows(
    figures.map((figure) => ({
      figure: figure.name,
      value: figure.value,
      goal: goalOf(figure),
      met: !hasGoal(figure) ? '' : isMet(figure) ? 'met' : 'NOT MET',
      meaning: figure.meaning,
    })),
  );
  for (const [title, rows] of Object.entries(details)) {
    console.log(`\n${title}\n`);
    printRows(rows);
  }
  console.log(`\n${notes.map((note) => `- ${note}`).join('\n')}\n`);
}

function hasGoal({ goal_max, goal_min }: Figure): boolean {
  return goal_max !== null || goal_min !== undefined;
}

function goalOf({ goal_max, goal_min }: Figure): string {
  if (goal_min !== undefined) return `≥ ${goal_min}`;
  return goal_max === null ? '' : `≤ ${goal_max}`;
}

function printRows(rows: readonly Readonly<Record<string, string | number>>[]): void {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cells = [columns, ...rows.map((row) => columns.map((column) => String(row[column] ?? '')))];
  const widths = columns.map((_, i) => Math.max(...cells.map((line) => line[i]!.length)));
  for (const line of cells) {
    console.log(
      line
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join('  ')
        .trimEnd(),
    );
  }
}
