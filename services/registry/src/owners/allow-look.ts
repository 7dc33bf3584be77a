import { randomInt } from 'node:crypto';
import { type Camera, CodedError } from '@minhchung/domain';
import { STILL_CODE_LIFE_MS, STILL_WINDOW_MS } from '../limits.ts';
import type { OwnerActDeps } from './deps.ts';
import { STILL_CODES_MAX } from './limits.ts';
import { ownersCamera } from './owner-page.ts';
import { actOf } from './trail.ts';

/** A code that lets a technician look once through one camera. It can be told to nobody a second time. */
export interface LookCode {
  readonly code: string;
  readonly camera: Pick<Camera, 'code' | 'name'>;
  readonly expires_at_ms: number;
}

/**
 * The owner allows one look: a code of six digits, of which only the digest is kept; the one before ends. Throws
 * `UNKNOWN_CAMERA` for anybody else's camera, `STILL_CODES_LIMIT`.
 */
export function allowLook(deps: OwnerActDeps) {
  return async (owner_id: string, camera_id: string): Promise<LookCode> => {
    const camera = await ownersCamera(deps, owner_id, camera_id);
    const code = String(randomInt(1_000_000)).padStart(6, '0');
    const made_at_ms = deps.time.now_ms();
    const expires_at_ms = made_at_ms + STILL_CODE_LIFE_MS;
    await deps.store.transaction(async (tx) => {
      // Of two wishes at once, the second counts the first.
      await tx.cameras.lock(camera.id);
      const count = await tx.probeStills.countCodesSince(camera.id, made_at_ms - STILL_WINDOW_MS);
      if (count >= STILL_CODES_MAX) {
        throw new CodedError('STILL_CODES_LIMIT', { camera: camera.code, max: STILL_CODES_MAX });
      }
      await tx.probeStills.addCode(camera.id, code, { made_at_ms, expires_at_ms });
      const subject = { kind: 'camera', id: camera.id, unit_id: camera.unit_id } as const;
      await tx.audit.append(actOf('camera.allow_look', made_at_ms, null, subject, { owner_id }));
    });
    return { code, camera, expires_at_ms };
  };
}
