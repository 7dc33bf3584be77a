import { type Kysely, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import type { Tables } from '../schema/tables.ts';
import type { Engine } from '../store.ts';
import { peopleAndPlaces } from './0001-people-and-places.ts';
import { devices } from './0002-devices.ts';
import { states } from './0003-states.ts';
import { cases } from './0004-cases.ts';
import { requests } from './0005-requests.ts';
import { outcomesAndAudit } from './0006-outcomes-and-audit.ts';
import { unitMaps } from './0007-unit-maps.ts';
import { registerChanges } from './0008-register-changes.ts';
import { owners } from './0009-owners.ts';
import { importMappings } from './0010-import-mappings.ts';
import { reachAndProbe } from './0011-reach-and-probe.ts';
import { recorderPolls } from './0012-recorder-polls.ts';
import { networkState } from './0013-network-state.ts';
import { searchWordsTable } from './0014-search-words.ts';
import { pictures } from './0015-pictures.ts';
import { tellingOwners } from './0016-telling-owners.ts';
import { householdDevices } from './0017-household-devices.ts';
import { probeTrials } from './0018-probe-trials.ts';
import { extractionInFull } from './0019-extraction-in-full.ts';
import { folderIndex } from './0020-folder-index.ts';
import { playbackRecorders } from './0021-playback-recorders.ts';
import { uploads } from './0022-uploads.ts';
import { importedPackages } from './0023-imported-packages.ts';
import { columnTypes } from './columns.ts';

const MIGRATIONS = [
  peopleAndPlaces,
  devices,
  states,
  cases,
  requests,
  outcomesAndAudit,
  unitMaps,
  registerChanges,
  owners,
  importMappings,
  reachAndProbe,
  recorderPolls,
  networkState,
  searchWordsTable,
  pictures,
  tellingOwners,
  householdDevices,
  probeTrials,
  extractionInFull,
  folderIndex,
  playbackRecorders,
  uploads,
  importedPackages,
];

/** Names this schema among the advisory locks of a PostgreSQL database; the number itself means nothing. */
const MIGRATION_LOCK_KEY = 7_220_261_122;

/**
 * Applies what is missing, in one transaction: all of it or nothing, and one process at a time (SQLite by its
 * write lock, PostgreSQL by an advisory lock that ends with the transaction). Returns the names applied.
 */
export async function migrateToLatest(db: Kysely<Tables>, engine: Engine): Promise<readonly string[]> {
  return await db
    .transaction()
    .setIsolationLevel('read committed')
    .execute(async (tx) => {
      if (engine === 'postgres') await sql`select pg_advisory_xact_lock(${MIGRATION_LOCK_KEY})`.execute(tx);
      const types = columnTypes(engine);
      const migrations: Record<string, Migration> = Object.fromEntries(
        MIGRATIONS.map(({ name, up }) => [name, { up: (target) => up(target, types) }]),
      );
      const migrator = new Migrator({ db: tx, provider: { getMigrations: async () => migrations } });
      const { error, results } = await migrator.migrateToLatest();
      if (error !== undefined) throw error;
      return (results ?? []).map((result) => result.migrationName);
    });
}
