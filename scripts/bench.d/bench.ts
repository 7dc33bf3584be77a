/** What every bench has: a name, what it measures, and figures with their goals. */

/** One figure the project is held to. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  /** The most it may be; null: only told. */
  readonly goal_max: number | null;
  /** The least it may be, where that is what matters. */
  readonly goal_min?: number;
  /** What it means, in a few words. */
  readonly meaning: string;
}

/** What a bench found. `details` are printed as they are with `--json`, and as tables without. */
export interface BenchResult {
  readonly figures: readonly Figure[];
  readonly details: Readonly<Record<string, readonly Readonly<Record<string, string | number>>[]>>;
  /** Sentences on what bounds the figures. */
  readonly notes: readonly string[];
}

export interface Bench {
  readonly name: string;
  readonly about: string;
  /** Options of its own, as the help shows them. */
  readonly options: readonly string[];
  run(args: readonly string[], say: (line: string) => void): Promise<BenchResult>;
}

/** True unless the figure has a goal and misses it. */
export function isMet({ value, goal_max, goal_min }: Figure): boolean {
  return (goal_max === null || value <= goal_max) && (goal_min === undefined || value >= goal_min);
}
