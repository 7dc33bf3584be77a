import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Upload } from '@minhchung/domain';
import type { RecordedFootage } from '@minhchung/testkit';
import { newId } from '../../services/extraction/test/seed.ts';
import type { ExactnessCase } from './factors.ts';
import type { RecordingFolders } from './folder-recorder.ts';
import { type CaseRecorder, heldOf, type SitePlaces } from './recorder.ts';
import { offsetsOf, STAGE } from './stage.ts';

/** Files of a recorder that a person hands in, each declared to begin when its first frame was stamped. */
export async function uploadRecorder(
  one: ExactnessCase,
  footage: RecordedFootage,
  folders: RecordingFolders,
): Promise<CaseRecorder> {
  const files = await folders.filesOf(one, 'mp4', footage);
  const { before_ms, after_ms } = offsetsOf(one);
  return {
    seed: {
      recorder: { kind: 'onvif', device_url: null, folder: null },
      source_token: null,
      credentials: null,
    },
    held: heldOf(one, footage),
    nal_units: null,
    async handIn(places, item_id) {
      for (const [n, file] of files.entries()) {
        const offset_ms = file.first_true_ms < STAGE.set_at_ms ? before_ms : after_ms;
        const name = `tep-${n + 1}.mp4`;
        await keepUpload(places, item_id, name, await readFile(file.path), file.first_true_ms + offset_ms);
      }
    },
    close: async () => {},
  };
}

/** Puts a file where the intake service leaves it for the extractor, declared to begin at a device time. */
export async function keepUpload(
  { store, archive }: SitePlaces,
  item_id: string,
  native_name: string,
  bytes: Buffer,
  start_ms: number,
): Promise<void> {
  const id = newId();
  const archive_key = `intake-${item_id}/${id}/${native_name}`;
  const writer = await archive.create(archive_key);
  await writer.write(bytes);
  await writer.commit();
  const at_ms = Date.now();
  const { request_id } = (await store.items.byId(item_id))!;
  const { requester_account_id, requester_person_id } = (await store.requests.byId(request_id))!;
  const upload: Upload = {
    ...{ id, item_id, link_id: null },
    ...{ account_id: requester_account_id, person_id: requester_person_id },
    ...{ way: 'desk', handed_in_by: 'officer', file_name: native_name, native_name, file_modified_ms: null },
    ...{ size_bytes: bytes.length, received_bytes: bytes.length, state: 'kept', archive_key },
    sha256: createHash('sha256').update(bytes).digest('hex'),
    declared: { start_ms, end_ms: null, resolution_ms: 1, clock: 'device', statement: null },
    check: {
      ...{ checked_at_ms: at_ms, media_type: 'video/mp4', is_readable: true, unreadable_reason: null },
      ...{ duration_ms: null, file_created_ms: null, findings: [] },
    },
    ...{ created_at_ms: at_ms, updated_at_ms: at_ms, expires_at_ms: at_ms + 60_000 },
    ...{ received_at_ms: at_ms, released_at_ms: at_ms, let_go_at_ms: null },
  };
  await store.uploads.add(upload);
}
