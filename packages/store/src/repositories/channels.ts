import type { RecorderChannel } from '@minhchung/domain';
import { atomically } from '../query/atomically.ts';
import type { Db } from '../query/insert.ts';

/** A channel as the device told of it. */
export type SeenChannel = Pick<RecorderChannel, 'source_token' | 'name'>;

export interface ChannelRepository {
  /**
   * Adds and renames what a probe or a poll saw; writes nothing where nothing is new. A channel that is no longer
   * seen stays, with the time it was last changed: an unplugged camera is not a missing input.
   */
  see(recorder_id: string, channels: readonly SeenChannel[], at_ms: number): Promise<void>;
  /** In order of token. */
  ofRecorder(recorder_id: string): Promise<RecorderChannel[]>;
}

export function channelRepository(db: Db): ChannelRepository {
  const ofRecorder = (from: Db, recorder_id: string) =>
    from
      .selectFrom('recorder_channels')
      .selectAll()
      .where('recorder_id', '=', recorder_id)
      .orderBy('source_token')
      .execute();
  return {
    ofRecorder: (recorder_id) => ofRecorder(db, recorder_id),

    async see(recorder_id, channels, at_ms) {
      const known = new Map((await ofRecorder(db, recorder_id)).map((one) => [one.source_token, one.name]));
      const fresh = channels.filter(({ source_token, name }) => known.get(source_token) !== name);
      if (fresh.length === 0) return;
      await atomically(db, async (tx) => {
        for (const { source_token, name } of fresh) {
          await tx
            .insertInto('recorder_channels')
            .values({ recorder_id, source_token, name, seen_at_ms: at_ms })
            .onConflict((conflict) =>
              conflict.columns(['recorder_id', 'source_token']).doUpdateSet({ name, seen_at_ms: at_ms }),
            )
            .execute();
        }
      });
    },
  };
}
