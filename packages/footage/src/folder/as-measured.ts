import { CodedError } from '@minhchung/domain';
import { type FolderPlace, lookAt } from './scan/list-directory.ts';
import type { MeasuredFile } from './timeline.ts';

/**
 * Asked right after a file was opened and again when it was read: a recorder that writes over fixed names would
 * otherwise give new pictures the times of the old ones. Throws `SOURCE_BROKEN` for a file that is another one by now;
 * the next try measures it anew.
 */
export async function demandAsMeasured(place: FolderPlace, file: MeasuredFile): Promise<void> {
  const { as_measured, name } = file;
  if (as_measured === null || as_measured === undefined) return;
  const facts = await lookAt(place, name.split('/'));
  // One that is gone was open already: its bytes are those that were measured.
  if (facts === null) return;
  const is_same =
    facts.inode === as_measured.inode &&
    facts.size_bytes === as_measured.size_bytes &&
    facts.modified_us === as_measured.modified_us;
  if (is_same) return;
  const reason = `${name} was replaced or changed while it was asked for`;
  throw new CodedError('SOURCE_BROKEN', { address: place.label, reason });
}
