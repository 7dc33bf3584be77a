import { InvalidInputError } from '@minhchung/contract/server';
import { CodedError, checkCode, type Unit } from '@minhchung/domain';
import type { Store } from '@minhchung/store';
import { newIdAt, type Performer, performed } from './performed.ts';

const WARD_BELOW_PROVINCE = {
  path: 'parent_id',
  message: {
    vi: 'phường, xã phải thuộc một tỉnh, thành phố; tỉnh, thành phố không thuộc đơn vị nào',
    en: 'a ward lies below a province; a province lies below nothing',
  },
};

/**
 * Adds a province or a ward, and says so in the trail. Throws `CODE_INVALID`, `UNKNOWN_UNIT` (no such parent),
 * `INVALID_INPUT` (a ward below nothing, a province below something), `ALREADY_EXISTS`.
 */
export async function addUnit(
  store: Store,
  wish: Pick<Unit, 'code' | 'name' | 'level' | 'parent_id' | 'valid_from_ms'>,
  by: Performer,
): Promise<Unit> {
  const parent = wish.parent_id === null ? null : await store.units.byId(wish.parent_id);
  if (wish.parent_id !== null && parent === null) {
    throw new CodedError('UNKNOWN_UNIT', { unit: wish.parent_id });
  }
  if ((wish.level === 'ward') !== (parent?.level === 'province')) {
    throw new InvalidInputError([WARD_BELOW_PROVINCE]);
  }
  const unit: Unit = {
    id: newIdAt(by.now_ms),
    code: checkCode(wish.code),
    name: wish.name,
    level: wish.level,
    parent_id: wish.parent_id,
    valid_from_ms: wish.valid_from_ms,
    valid_to_ms: null,
    successor_ids: [],
  };
  await store.transaction(async (tx) => {
    await tx.units.create(unit);
    await tx.audit.append(
      performed(by, {
        act: 'unit.create',
        unit_id: unit.id,
        subject_kind: 'unit',
        subject_id: unit.id,
        details: { code: unit.code, level: unit.level },
      }),
    );
  });
  return unit;
}
