import { PostgresDialect } from 'kysely';
import { Pool, types } from 'pg';
import {
  POSTGRES_CONNECT_TIMEOUT_MS,
  POSTGRES_CONNECTIONS_DEFAULT,
  POSTGRES_IDLE_IN_TRANSACTION_MS,
  POSTGRES_STATEMENT_TIMEOUT_MS,
} from '../limits.ts';

/** Type of 64-bit integers, which the driver hands over as text. */
const INT8_OID = 20;

/** PostgreSQL with 64-bit integers as numbers. */
export function serverDialect(
  connection_string: string,
  connections_max: number | undefined,
): PostgresDialect {
  const pool = new Pool({
    connectionString: connection_string,
    max: connections_max ?? POSTGRES_CONNECTIONS_DEFAULT,
    connectionTimeoutMillis: POSTGRES_CONNECT_TIMEOUT_MS,
    statement_timeout: POSTGRES_STATEMENT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: POSTGRES_IDLE_IN_TRANSACTION_MS,
    types: {
      getTypeParser: (oid: number, format?: string) =>
        oid === INT8_OID && format !== 'binary' ? safeInteger : types.getTypeParser(oid, format as 'text'),
    },
  });
  // A connection that breaks while idle is replaced at the next use; without a listener it would end the process.
  pool.on('error', () => {});
  return new PostgresDialect({ pool });
}

/** Throws on an integer that a number cannot hold: a wrong count is worse than none. */
function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`integer out of range: ${text}`);
  return value;
}
