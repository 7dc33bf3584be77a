import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Engine } from '../store.ts';

/** What a migration works with: any tables, because it sees the schema before and after itself. */
// biome-ignore lint/suspicious/noExplicitAny: the shape of the tables changes under a migration's hands
export type MigrationDb = Kysely<any>;

/** The column types of both engines. Integers hold milliseconds, so they have 64 bits. */
export interface ColumnTypes {
  /** Compared by code point, whatever the database's locale: order and paging agree on both engines. */
  readonly text: RawBuilder<unknown>;
  readonly integer: 'bigint';
  /** Degrees and metres. */
  readonly real: 'double precision';
}

/** One migration, written once for both engines. */
export interface SchemaMigration {
  readonly name: string;
  up(db: MigrationDb, types: ColumnTypes): Promise<void>;
}

export function columnTypes(engine: Engine): ColumnTypes {
  return {
    text: engine === 'postgres' ? sql`text collate "C"` : sql`text`,
    integer: 'bigint',
    real: 'double precision',
  };
}

/** `column in ('a', 'b')`, for CHECK constraints; the values are constants of the code. */
export function oneOf(column: string, values: readonly string[]): RawBuilder<boolean> {
  return sql<boolean>`${sql.ref(column)} in (${sql.join(values.map((value) => sql.lit(value)))})`;
}

/** A CHECK over constants of the code, as plain SQL that both engines read. */
export function holds(expression: string): RawBuilder<boolean> {
  return sql<boolean>`${sql.raw(expression)}`;
}
