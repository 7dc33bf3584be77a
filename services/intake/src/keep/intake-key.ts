import type { Upload } from '@minhchung/domain';
import type { IntakeActDeps } from '../deps.ts';

type Kept = Pick<Upload, 'id' | 'item_id' | 'native_name'>;

const prefixOf = (upload: Kept) => `intake-${upload.item_id}/${upload.id}`;

/** Where the archive has a handed-in file until it is part of a package. */
export function intakeKey(upload: Kept): string {
  return `${prefixOf(upload)}/${upload.native_name}`;
}

/**
 * Removes what the archive has of a handed-in file, if anything: it may have it before anybody noted that it does.
 */
export async function discardIntake(
  { archive }: Pick<IntakeActDeps, 'archive'>,
  upload: Kept,
): Promise<void> {
  await archive.discardAttempt(prefixOf(upload));
}
