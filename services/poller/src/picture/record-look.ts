import { type Camera, judgePicture, type PictureJudgement, type PictureReading } from '@minhchung/domain';
import type { Repositories, Store } from '@minhchung/store';

/** Keeps the numbers of one look and brings the work list up to date, in one transaction. */
export async function recordLook(store: Store, camera: Camera, reading: PictureReading): Promise<void> {
  await store.transaction(async (tx) => {
    await tx.pictures.record(camera.id, reading);
    const { blind, moved } = judgePicture(await tx.pictures.readings(camera.id));
    await settle(tx, camera, reading.at_ms, 'picture_blind', blind, (found) => `picture_${found.cause}`);
    await settle(tx, camera, reading.at_ms, 'picture_moved', moved, () => 'view_elsewhere');
  });
}

/** What is neither troubled nor fine stays as it is on the list. */
async function settle<T>(
  tx: Repositories,
  camera: Camera,
  at_ms: number,
  kind: 'picture_blind' | 'picture_moved',
  judgement: PictureJudgement<T>,
  reasonOf: (found: T) => string,
): Promise<void> {
  const subject = { kind, subject_kind: 'camera', subject_id: camera.id } as const;
  if (judgement.kind === 'undecided') return;
  if (judgement.kind === 'fine') {
    await tx.findings.close(subject, at_ms, 'poller');
    return;
  }
  const { id: camera_id, recorder_id, unit_id } = camera;
  const { since_ms } = judgement;
  const details = { reason: reasonOf(judgement) };
  await tx.findings.open({ ...subject, camera_id, recorder_id, unit_id, since_ms, details }, at_ms);
}
