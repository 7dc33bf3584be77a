import type { FolderIndex, FolderTrack, FolderTrackState, IndexedFile } from '@minhchung/domain';
import { sql } from 'kysely';
import { FOLDER_ROWS_PER_INSERT } from '../limits.ts';
import { atomically } from '../query/atomically.ts';
import { inParts } from '../query/conditions.ts';
import type { Db } from '../query/insert.ts';
import type { FolderDirectoryTable, FolderFileTable } from '../schema/folder-index.ts';

export type FolderIndexRepository = FolderIndex;

/** The index of recording folders, shared by every process with this database. */
export function folderIndexRepository(db: Db): FolderIndexRepository {
  const filesOf = (track: number) => db.selectFrom('folder_files').selectAll().where('track', '=', track);
  return {
    async state(track) {
      const row = await trackQuery(db, track).selectAll().executeTakeFirst();
      if (row == null || row.layout_key === null) return null;
      const { layout_key, scanned_at_ms, changed_at_ms, wide_at_ms, is_complete } = row;
      if (scanned_at_ms === null || changed_at_ms === null || wide_at_ms === null) return null;
      return { layout_key, scanned_at_ms, changed_at_ms, wide_at_ms, is_complete: is_complete === 1 };
    },

    saveState: (track, state) =>
      atomically(db, async (tx) => {
        const number = await numbered(tx, track);
        await tx.updateTable('folder_tracks').set(stateRow(state)).where('number', '=', number).execute();
      }),

    async directories(track) {
      const number = await numberOf(db, track);
      if (number === null) return [];
      const rows = await db
        .selectFrom('folder_directories')
        .selectAll()
        .where('track', '=', number)
        .orderBy('directory')
        .execute();
      return rows.map(withoutTrack);
    },

    async names(track, directory) {
      const number = await numberOf(db, track);
      if (number === null) return [];
      const query = db.selectFrom('folder_files').select('name').where('track', '=', number);
      const rows = await query.where('directory', '=', directory).orderBy('name').execute();
      return rows.map(({ name }) => name);
    },

    async named(track, directory, names) {
      const number = await numberOf(db, track);
      if (number === null) return [];
      const rows = await inParts(names, (part) =>
        filesOf(number).where('directory', '=', directory).where('name', 'in', part).execute(),
      );
      return rows.map(toFile);
    },

    async meeting(track, { from_us, to_us }, reach_us, limit) {
      const number = await numberOf(db, track);
      if (number === null) return [];
      const rows = await filesOf(number)
        .where('start_us', '>', from_us - reach_us)
        .where('start_us', '<', to_us)
        .where(sql<boolean>`(duration_us is null or start_us + duration_us > ${from_us})`)
        .orderBy('start_us', 'desc')
        .orderBy('name', 'desc')
        .limit(limit)
        .execute();
      return rows.map(toFile).reverse();
    },

    async edge(track, which) {
      const number = await numberOf(db, track);
      if (number === null) return null;
      const direction = which === 'oldest' ? 'asc' : 'desc';
      const row = await filesOf(number)
        .where('start_us', 'is not', null)
        .orderBy('start_us', direction)
        .orderBy('name', direction)
        .limit(1)
        .executeTakeFirst();
      return row === undefined ? null : toFile(row);
    },

    async unsettled(track, limit) {
      const number = await numberOf(db, track);
      if (number === null) return [];
      const query = filesOf(number).where(sql<boolean>`state in ('named', 'growing')`);
      const untimed = await query.where('start_us', 'is', null).limit(limit).execute();
      const timed = await query
        .where('start_us', 'is not', null)
        .orderBy('start_us', 'desc')
        .limit(limit)
        .execute();
      return [...untimed, ...timed].slice(0, limit).map(toFile);
    },

    apply: (track, { directory, put, gone, in_directory }) =>
      atomically(db, async (tx) => {
        const number = await numbered(tx, track);
        await inParts(gone, async (part) => {
          const files = tx.deleteFrom('folder_files').where('track', '=', number);
          await files.where('directory', '=', in_directory).where('name', 'in', part).execute();
          return [];
        });
        for (let from = 0; from < put.length; from += FOLDER_ROWS_PER_INSERT) {
          await putFiles(tx, number, put.slice(from, from + FOLDER_ROWS_PER_INSERT));
        }
        if (directory !== null) await putDirectory(tx, { track: number, ...directory });
      }),

    removeDirectory: (track, directory) =>
      atomically(db, async (tx) => {
        const number = await numberOf(tx, track);
        if (number === null) return;
        for (const table of ['folder_files', 'folder_directories'] as const) {
          await sql`
            delete from ${sql.table(table)} where track = ${number}
              and (directory = ${directory}
                or (directory >= ${`${directory}/`} and directory < ${`${directory}0`}))`.execute(tx);
        }
      }),

    forget: (track) =>
      atomically(db, async (tx) => {
        const number = await numberOf(tx, track);
        if (number === null) return;
        for (const table of ['folder_files', 'folder_directories'] as const) {
          await tx.deleteFrom(table).where('track', '=', number).execute();
        }
        await tx.deleteFrom('folder_tracks').where('number', '=', number).execute();
      }),
  };
}

const trackQuery = (db: Db, { recorder_id, path }: FolderTrack) =>
  db.selectFrom('folder_tracks').where('recorder_id', '=', recorder_id).where('path', '=', path);

async function numberOf(db: Db, track: FolderTrack): Promise<number | null> {
  const row = await trackQuery(db, track).select('number').executeTakeFirst();
  return row?.number ?? null;
}

/** The track's number, given now if it has none. Of two processes that give one at once, one's statement is tried again. */
async function numbered(tx: Db, track: FolderTrack): Promise<number> {
  for (;;) {
    const known = await numberOf(tx, track);
    if (known !== null) return known;
    await sql`
      insert into folder_tracks (number, recorder_id, path)
      select coalesce(max(number), 0) + 1, ${track.recorder_id}, ${track.path} from folder_tracks
      where 1 = 1
      on conflict do nothing`.execute(tx);
  }
}

async function putFiles(tx: Db, track: number, files: readonly IndexedFile[]): Promise<void> {
  const rows = files.map(({ repeats, ...file }) => ({
    track,
    ...file,
    repeats: repeats === null ? null : Number(repeats),
  }));
  await tx
    .insertInto('folder_files')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['track', 'directory', 'name']).doUpdateSet((eb) => ({
        inode: eb.ref('excluded.inode'),
        size_bytes: eb.ref('excluded.size_bytes'),
        modified_us: eb.ref('excluded.modified_us'),
        unchanged_since_ms: eb.ref('excluded.unchanged_since_ms'),
        // `seen_at_ms` stays: another process may have seen it first.
        start_us: eb.ref('excluded.start_us'),
        time_from: eb.ref('excluded.time_from'),
        state: eb.ref('excluded.state'),
        duration_us: eb.ref('excluded.duration_us'),
        last_picture_us: eb.ref('excluded.last_picture_us'),
        codec: eb.ref('excluded.codec'),
        width: eb.ref('excluded.width'),
        height: eb.ref('excluded.height'),
        reason: eb.ref('excluded.reason'),
        repeats: eb.ref('excluded.repeats'),
      })),
    )
    .execute();
}

async function putDirectory(tx: Db, row: FolderDirectoryTable): Promise<void> {
  const { modified_us, unchanged_since_ms, listed_at_ms } = row;
  await tx
    .insertInto('folder_directories')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['track', 'directory'])

        .doUpdateSet({ modified_us, unchanged_since_ms, listed_at_ms }),
    )
    .execute();
}

function stateRow({ is_complete, ...state }: FolderTrackState) {
  return { ...state, is_complete: Number(is_complete) };
}

function toFile({ track: _, repeats, ...row }: FolderFileTable): IndexedFile {
  return { ...row, repeats: repeats === null ? null : repeats === 1 };
}

function withoutTrack<T extends { readonly track: number }>({ track: _, ...row }: T): Omit<T, 'track'> {
  return row;
}
