import type { Attestation } from '@minhchung/domain';
import { sql } from 'kysely';
import type { Page, PageRequest } from '../paging.ts';
import { inParts } from '../query/conditions.ts';
import type { Db } from '../query/insert.ts';
import { keyset, toPage } from '../query/keyset.ts';
import type { AttestationTable } from '../schema/owners.ts';

export interface AttestationRepository {
  add(attestation: Attestation): Promise<void>;
  /** The newest word on each camera that has one, made at `at_ms` or before; of one instant the last recorded. */
  newest(camera_ids: readonly string[], at_ms: number): Promise<Attestation[]>;
  /**
   * Ids of `owner_only` cameras in use whose present state is still that of a word from then or before, or of a poll
   * made while they could be reached; in order of id.
   */
  outlived(aged_before_ms: number, limit: number): Promise<string[]>;
  /** Of each camera the newest words, at most so many; newest first, cameras without a word left out. */
  recent(camera_ids: readonly string[], per_camera_max: number): Promise<ReadonlyMap<string, Attestation[]>>;
  /** Newest first. */
  history(camera_id: string, page: PageRequest): Promise<Page<Attestation>>;
}

export function attestationRepository(db: Db): AttestationRepository {
  return {
    async add(attestation) {
      const works = attestation.works ? 1 : 0;
      await db
        .insertInto('attestations')
        .values({ ...attestation, works })
        .execute();
    },

    async newest(camera_ids, at_ms) {
      const rows = await inParts(camera_ids, (ids) =>
        db
          .selectFrom('attestations as word')
          .selectAll('word')
          .where('word.camera_id', 'in', ids)
          .where('word.at_ms', '<=', at_ms)
          .where((eb) =>
            eb.not(
              eb.exists(
                eb
                  .selectFrom('attestations as later')
                  .select('later.id')
                  .whereRef('later.camera_id', '=', 'word.camera_id')
                  .where('later.at_ms', '<=', at_ms)
                  .where((or) =>
                    or.or([
                      or('later.at_ms', '>', or.ref('word.at_ms')),
                      or.and([
                        or('later.at_ms', '=', or.ref('word.at_ms')),
                        or('later.id', '>', or.ref('word.id')),
                      ]),
                    ]),
                  ),
              ),
            ),
          )
          .execute(),
      );
      return rows.map(toAttestation);
    },

    async recent(camera_ids, per_camera_max) {
      const rows = await inParts(camera_ids, (ids) => {
        const ranked = db
          .selectFrom('attestations')
          .selectAll()
          .select(
            sql<number>`row_number() over (partition by camera_id order by at_ms desc, id desc)`.as('rank'),
          )
          .where('camera_id', 'in', ids);
        return db
          .selectFrom(ranked.as('ranked'))
          .selectAll()
          .where('rank', '<=', per_camera_max)
          .orderBy('camera_id')
          .orderBy('rank')
          .execute();
      });
      const found = new Map<string, Attestation[]>();
      for (const { rank: _, ...row } of rows) {
        const known = found.get(row.camera_id);
        if (known === undefined) found.set(row.camera_id, [toAttestation(row)]);
        else known.push(toAttestation(row));
      }
      return found;
    },

    async outlived(aged_before_ms, limit) {
      const rows = await db
        .selectFrom('cameras')
        .innerJoin('observations', 'observations.camera_id', 'cameras.id')
        .select('cameras.id')
        .where('cameras.reach', '=', 'owner_only')
        .where('cameras.retired_at_ms', 'is', null)
        .where('observations.is_current', '=', 1)
        .where('observations.state', '!=', 'unknown')
        .where((eb) =>
          eb.or([
            eb('observations.from_ms', '<=', aged_before_ms),
            eb('observations.reason', 'not in', ['attested_visit', 'attested_owner', 'attested_upload']),
          ]),
        )
        .orderBy('cameras.id')
        .limit(limit)
        .execute();
      return rows.map(({ id }) => id);
    },

    async history(camera_id, page) {
      const keys = keyset(page, ['attestations.at_ms', 'attestations.id'], 'desc');
      const rows = await db
        .selectFrom('attestations')
        .selectAll()
        .where('camera_id', '=', camera_id)
        .where(keys.where)
        .orderBy(keys.orderBy)
        .limit(keys.limit)
        .execute();
      return toPage(rows, page, (row) => [row.at_ms, row.id], toAttestation);
    },
  };
}

function toAttestation(row: AttestationTable): Attestation {
  return { ...row, works: row.works === 1 };
}
