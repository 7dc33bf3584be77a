import type { RecorderChannel } from '@minhchung/domain';
import { sql } from 'kysely';
import { atomically } from '../query/atomically.ts';
import { inParts } from '../query/conditions.ts';
import type { Db } from '../query/insert.ts';

/** A channel as the device told of it; a device that gives it no name keeps the name that is known. */
export type SeenChannel = Pick<RecorderChannel, 'source_token' | 'name'>;

/** The channels of one recorder as it told of them. */
export interface SeenChannels {
  readonly recorder_id: string;
  readonly channels: readonly SeenChannel[];
}

export interface ChannelRepository {
  /**
   * Adds and renames what a probe or a poll saw; writes nothing where nothing is new. A channel that is no longer
   * seen stays, with the time it was last changed: an unplugged camera is not a missing input.
   */
  see(recorder_id: string, channels: readonly SeenChannel[], at_ms: number): Promise<void>;
  /** The same for many recorders, each once, with a fixed number of questions whatever their number. */
  seeAll(seen: readonly SeenChannels[], at_ms: number): Promise<void>;
  /** In order of token. */
  ofRecorder(recorder_id: string): Promise<RecorderChannel[]>;
}

export function channelRepository(db: Db): ChannelRepository {
  return {
    ofRecorder: (recorder_id) => ofRecorders(db, [recorder_id]),
    see: (recorder_id, channels, at_ms) => seeAll(db, [{ recorder_id, channels }], at_ms),
    seeAll: (seen, at_ms) => seeAll(db, seen, at_ms),
  };
}

function ofRecorders(db: Db, recorder_ids: readonly string[]): Promise<RecorderChannel[]> {
  return inParts(recorder_ids, (ids) =>
    db
      .selectFrom('recorder_channels')
      .selectAll()
      .where('recorder_id', 'in', ids)
      .orderBy('recorder_id')
      .orderBy('source_token')
      .execute(),
  );
}

async function seeAll(db: Db, seen: readonly SeenChannels[], at_ms: number): Promise<void> {
  const key = (recorder_id: string, source_token: string) => `${recorder_id} ${source_token}`;
  const stored = await ofRecorders(
    db,
    seen.map(({ recorder_id }) => recorder_id),
  );
  const known = new Map(stored.map((one) => [key(one.recorder_id, one.source_token), one.name]));
  const fresh = new Map<string, RecorderChannel>();
  for (const { recorder_id, channels } of seen) {
    for (const { source_token, name } of channels) {
      const at = key(recorder_id, source_token);
      const is_news = !known.has(at) || (name !== null && name !== known.get(at));
      if (is_news) fresh.set(at, { recorder_id, source_token, name, seen_at_ms: at_ms });
    }
  }
  if (fresh.size === 0) return;
  await atomically(db, async (tx) => {
    const rows = [...fresh.values()];
    for (let from = 0; from < rows.length; from += ROWS_PER_INSERT) {
      await tx
        .insertInto('recorder_channels')
        .values(rows.slice(from, from + ROWS_PER_INSERT))
        .onConflict((conflict) =>
          conflict.columns(['recorder_id', 'source_token']).doUpdateSet({
            name: sql`coalesce(excluded.name, recorder_channels.name)`,
            seen_at_ms: at_ms,
          }),
        )
        .execute();
    }
  });
}

/** Four values a row, well below what either engine binds in one statement. */
const ROWS_PER_INSERT = 1_000;
