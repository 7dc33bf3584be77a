import {
  type Actor,
  CodedError,
  type ErrorCode,
  isCoded,
  type Network,
  type Scheme,
  type Site,
} from '@minhchung/domain';
import { demandUnitInForce, type Repositories } from '@minhchung/store';
import type { RegistryDeps } from './deps.ts';
import { recordChanges } from './editing/record-changes.ts';

type PlaceDeps = Pick<RegistryDeps, 'store' | 'time' | 'newId'>;

interface Placement {
  readonly actor: Actor;
  readonly unit_id: string | null;
  readonly kind: 'network' | 'scheme' | 'site';
  readonly taken: ErrorCode;
}

/** Adds a network. Throws `NETWORK_EXISTS`. */
export function createNetwork(deps: PlaceDeps) {
  return async (actor: Actor, input: Omit<Network, 'id'>): Promise<Network> => {
    const network = { id: deps.newId(), code: input.code, name: input.name.normalize('NFC') };
    const placement = { actor, unit_id: null, kind: 'network', taken: 'NETWORK_EXISTS' } as const;
    return place(deps, placement, network, (tx) => tx.networks.create(network));
  };
}

/** Adds an active scheme of a ward. Throws `SCHEME_EXISTS`, `UNIT_NO_LONGER`. */
export function createScheme(deps: PlaceDeps) {
  return async (actor: Actor, input: Omit<Scheme, 'id' | 'status' | 'ended_at_ms'>): Promise<Scheme> => {
    const scheme: Scheme = {
      ...input,
      id: deps.newId(),
      name: input.name.normalize('NFC'),
      status: 'active',
      ended_at_ms: null,
    };
    const placement = { actor, unit_id: scheme.unit_id, kind: 'scheme', taken: 'SCHEME_EXISTS' } as const;
    return place(deps, placement, scheme, (tx) => tx.schemes.create(scheme));
  };
}

/** Adds a replication point of a scheme of `unit_id`. Throws `SITE_EXISTS`, `UNIT_NO_LONGER`. */
export function createSite(deps: PlaceDeps) {
  return async (actor: Actor, unit_id: string, input: Omit<Site, 'id'>): Promise<Site> => {
    const site = { ...input, id: deps.newId(), name: input.name.normalize('NFC') };
    const placement = { actor, unit_id, kind: 'site', taken: 'SITE_EXISTS' } as const;
    return place(deps, placement, site, (tx) => tx.sites.create(site));
  };
}

async function place<T extends { readonly id: string; readonly code: string }>(
  deps: PlaceDeps,
  placement: Placement,
  thing: T,
  create: (tx: Repositories) => Promise<void>,
): Promise<T> {
  const { actor, kind, unit_id, taken } = placement;
  try {
    await deps.store.transaction(async (tx) => {
      const at_ms = deps.time.now_ms();
      if (unit_id !== null) await demandUnitInForce(tx, unit_id, at_ms);
      await create(tx);
      const subject = { subject_kind: kind, subject_id: thing.id, unit_id };
      await recordChanges({ tx, actor, at_ms }, [
        { act: `${kind}.create`, ...subject, before: null, after: thing, details: { code: thing.code } },
      ]);
    });
    return thing;
  } catch (error) {
    if (isCoded(error, 'ALREADY_EXISTS')) throw new CodedError(taken, { code: thing.code }, { cause: error });
    throw error;
  }
}
