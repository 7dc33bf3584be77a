import { type Actor, CodedError, type Scheme, type Site } from '@minhchung/domain';
import type { EditDeps } from './edit-record.ts';
import { editRecord, withFields } from './edit-record.ts';

type Said<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** Fields to change; what is left out stays. */
export type SchemeChange = Said<Pick<Scheme, 'name' | 'launched_at_ms' | 'status'>> & {
  readonly ended_at_ms?: number | undefined;
};
export type SiteChange = Said<Pick<Site, 'name' | 'scheme_id'>>;

/** Changes a scheme, ends it, or takes it up again. Throws `EditConflict`, `SCHEME_END_INVALID`. */
export function changeScheme(deps: EditDeps) {
  return (actor: Actor, seen: Scheme, version: string, fields: SchemeChange): Promise<Scheme> =>
    editRecord(deps, {
      ...{ subject_kind: 'scheme', act: 'scheme.update', actor, seen, version },
      lock: (tx) => tx.schemes.lock(seen.id),
      async change(_tx, before, at_ms) {
        const { ended_at_ms, ...rest } = fields;
        const said = withFields(before, { ...rest, name: rest.name?.normalize('NFC') });
        return withEnd(said, ended_at_ms, at_ms);
      },
      async write({ tx }, after) {
        await tx.schemes.update(after);
        return [];
      },
      unitOf: ({ unit_id }) => unit_id,
      details: ({ code, status }) => ({ code, status }),
    });
}

/** An ended scheme has an end: as said, as it was, or now. */
function withEnd(scheme: Scheme, said_ms: number | undefined, now_ms: number): Scheme {
  const invalid = () => new CodedError('SCHEME_END_INVALID', { scheme: scheme.code });
  if (scheme.status === 'active') {
    if (said_ms !== undefined) throw invalid();
    return { ...scheme, ended_at_ms: null };
  }
  const ended_at_ms = said_ms ?? scheme.ended_at_ms ?? now_ms;
  if (ended_at_ms <= scheme.launched_at_ms || ended_at_ms > now_ms) throw invalid();
  return { ...scheme, ended_at_ms };
}

/** Changes a site, or moves it to another scheme of its unit. Throws `EditConflict`, `SITE_OF_OTHER_UNIT`. */
export function changeSite(deps: EditDeps) {
  return (actor: Actor, seen: Site, unit_id: string, version: string, fields: SiteChange): Promise<Site> =>
    editRecord(deps, {
      ...{ subject_kind: 'site', act: 'site.update', actor, seen, version },
      lock: (tx) => tx.sites.lock(seen.id),
      async change(tx, before) {
        const after = withFields(before, { ...fields, name: fields.name?.normalize('NFC') });
        const scheme = await tx.schemes.byId(after.scheme_id);
        if (scheme === null) throw new CodedError('UNKNOWN_SCHEME', { scheme: after.scheme_id });
        if (scheme.unit_id !== unit_id) throw new CodedError('SITE_OF_OTHER_UNIT', { site: before.code });
        return after;
      },
      async write({ tx }, after) {
        await tx.sites.update(after);
        return [];
      },
      unitOf: () => unit_id,
      details: ({ code }) => ({ code }),
    });
}
