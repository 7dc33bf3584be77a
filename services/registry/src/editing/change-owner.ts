import { type Actor, CodedError, type Owner } from '@minhchung/domain';
import type { Repositories } from '@minhchung/store';
import type { RegistryDeps } from '../deps.ts';
import { editRecord, withFields } from './edit-record.ts';
import { recordChanges } from './record-changes.ts';

type Said<T> = { readonly [K in keyof T]?: T[K] | undefined };

export interface OwnerChange extends Said<Pick<Owner, 'name' | 'phone' | 'address'>> {
  /** The same person's name, spelt right. */
  readonly is_correction?: boolean | undefined;
}

/** Registers an owner. */
export function createOwner(deps: Pick<RegistryDeps, 'store' | 'time' | 'newId'>) {
  return async (actor: Actor, input: Pick<Owner, 'name'> & Said<Owner>): Promise<Owner> => {
    const owner: Owner = {
      id: deps.newId(),
      name: input.name.normalize('NFC'),
      phone: input.phone ?? null,
      address: input.address?.normalize('NFC') ?? null,
    };
    await deps.store.transaction(async (tx) => {
      await tx.owners.create(owner);
      const subject = { subject_kind: 'owner', subject_id: owner.id, unit_id: null } as const;
      await recordChanges({ tx, actor, at_ms: deps.time.now_ms() }, [
        { act: 'owner.create', ...subject, before: null, after: owner, details: {} },
      ]);
    });
    return owner;
  };
}

/**
 * Changes how an owner is reached. Another name is another owner where an agreement rests on the one there is, unless
 * it is a correction: throws `OWNER_NAME_FIXED`. Throws `EditConflict`.
 */
export function changeOwner(deps: Pick<RegistryDeps, 'store' | 'time'>) {
  return (actor: Actor, seen: Owner, version: string, change: OwnerChange): Promise<Owner> => {
    const { is_correction = false, ...fields } = change;
    return editRecord(deps, {
      ...{ subject_kind: 'owner', act: 'owner.update', actor, seen, version },
      lock: (tx) => tx.owners.lock(seen.id),
      async change(tx, before) {
        const after = withFields(before, {
          ...fields,
          name: fields.name?.normalize('NFC'),
          address: fields.address?.normalize('NFC') ?? fields.address,
        });
        if (after.name !== before.name && !is_correction) await checkName(tx, before);
        return after;
      },
      async write({ tx }, after) {
        await tx.owners.update(after);
        return [];
      },
      unitOf: () => null,
      details: () => ({ is_correction }),
    });
  };
}

async function checkName(tx: Repositories, owner: Owner): Promise<void> {
  for (const camera of await tx.cameras.ofOwner(owner.id)) {
    if ((await tx.agreements.ofCamera(camera.id)).length === 0) continue;
    throw new CodedError('OWNER_NAME_FIXED', { owner: owner.name, camera: camera.code });
  }
}
