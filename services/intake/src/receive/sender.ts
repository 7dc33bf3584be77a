import type { Actor, HandedInBy, Upload, UploadWay } from '@minhchung/domain';
import type { StoredUploadLink } from '@minhchung/store';

/** Who sends: an owner with the link of one item, or a signed-in person at the desk. */
export type Sender =
  | { readonly way: 'link'; readonly link: StoredUploadLink }
  | { readonly way: 'desk'; readonly actor: Actor; readonly item_id: string; readonly unit_id: string };

/** The item somebody sends for. */
export function itemOfSender(sender: Sender): string {
  return sender.way === 'link' ? sender.link.item_id : sender.item_id;
}

/** What of the sender stands with each file. */
export function senderFields(sender: Sender): {
  readonly way: UploadWay;
  readonly handed_in_by: HandedInBy;
  readonly link_id: string | null;
  readonly account_id: string | null;
  readonly person_id: string | null;
} {
  if (sender.way === 'link') {
    return { way: 'link', handed_in_by: 'owner', link_id: sender.link.id, account_id: null, person_id: null };
  }
  const { account_id, person_id, appointments } = sender.actor;
  const is_technician = appointments.every(({ role }) => role === 'technician');
  const handed_in_by = is_technician ? 'technician' : 'officer';
  return { way: 'desk', handed_in_by, link_id: null, account_id, person_id };
}

/** True when a file is this sender's to go on with or to take back. */
export function isOwnUpload(sender: Sender, upload: Upload): boolean {
  return sender.way === 'link'
    ? upload.link_id === sender.link.id
    : upload.account_id === sender.actor.account_id && upload.item_id === sender.item_id;
}
