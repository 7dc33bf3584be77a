import { type Bilingual, CodedError, fieldName, type Person } from '@minhchung/domain';
import type { ChangeSubject, ChangeValue, Page, PageRequest, RegistryChangeRow } from '@minhchung/store';
import type { RegistryDeps } from '../deps.ts';

/** A change as people read it. */
export interface ReadableChange {
  readonly id: string;
  readonly at_ms: number;
  readonly act: string;
  readonly person: Pick<Person, 'id' | 'badge_number' | 'full_name'> | null;
  readonly fields: readonly {
    readonly field: string;
    readonly name: Bilingual;
    readonly before: ChangeValue;
    readonly after: ChangeValue;
  }[];
}

type HistoryDeps = Pick<RegistryDeps, 'store'>;

/** Every change of one thing, newest first, with the people behind it. */
export function readHistory(deps: HistoryDeps) {
  return async (kind: ChangeSubject, id: string, page: PageRequest): Promise<Page<ReadableChange>> => {
    const found = await deps.store.changes.history(kind, id, page);
    const people = new Map<string, Person | null>();
    for (const { person_id } of found.rows) {
      if (person_id === null || people.has(person_id)) continue;
      people.set(person_id, await deps.store.people.personById(person_id));
    }
    return { rows: found.rows.map((row) => readable(row, people)), next: found.next };
  };
}

/** The unit whose people may read a thing's history; null: it belongs to none. Throws `NOT_FOUND`. */
export function unitOfSubject(deps: HistoryDeps) {
  const { store } = deps;
  const loaders: Readonly<Record<ChangeSubject, (id: string) => Promise<string | null | undefined>>> = {
    unit: async (id) => (await store.units.byId(id))?.id,
    network: async (id) => ((await store.networks.byId(id)) === null ? undefined : null),
    scheme: async (id) => (await store.schemes.byId(id))?.unit_id,
    site: async (id) => {
      const site = await store.sites.byId(id);
      return site === null ? undefined : (await store.schemes.byId(site.scheme_id))?.unit_id;
    },
    owner: async (id) => {
      const owner = await store.owners.byId(id);
      return owner === null ? undefined : ((await store.cameras.ofOwner(id))[0]?.unit_id ?? null);
    },
    recorder: async (id) => (await store.recorders.byId(id))?.unit_id,
    camera: async (id) => (await store.cameras.byId(id))?.unit_id,
    agreement: async (id) => {
      const agreement = await store.agreements.byId(id);
      return agreement === null ? undefined : (await store.cameras.byId(agreement.camera_id))?.unit_id;
    },
  };
  return async (kind: ChangeSubject, id: string): Promise<string | null> => {
    const unit_id = await loaders[kind](id);
    if (unit_id === undefined) throw new CodedError('NOT_FOUND', { what: kind, id });
    return unit_id;
  };
}

function readable(row: RegistryChangeRow, people: ReadonlyMap<string, Person | null>): ReadableChange {
  const { id, at_ms, act, person_id, before, after } = row;
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return {
    ...{ id, at_ms, act, person: person_id === null ? null : (people.get(person_id) ?? null) },
    fields: names.map((field) => ({
      ...{ field, name: fieldName(field) },
      ...{ before: before[field] ?? null, after: after[field] ?? null },
    })),
  };
}
