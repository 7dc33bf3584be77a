import type { Camera } from '@minhchung/domain';
import type { Repositories } from '@minhchung/store';

/**
 * May the account of a recorder with these cameras be kept? With a community camera, or an owner's agreement in
 * force for one of them. Without, a withdrawal destroys it, and nobody puts it back until an owner agrees anew.
 */
export async function mayKeepAccount(
  repositories: Repositories,
  cameras: readonly Camera[],
  now_ms: number,
): Promise<boolean> {
  if (cameras.some(({ kind }) => kind === 'community')) return true;
  const ids = cameras.map(({ id }) => id);
  return (await repositories.agreements.validAt(ids, now_ms)).length > 0;
}
