import { consentFor } from '../agreement/consent.ts';
import { PICTURE_HEALTH } from '../agreement/purposes.ts';
import type { Agreement, CameraKind } from '../vocabulary/network.ts';

/**
 * True when a program may look at the camera's picture now to see whether the lens still sees: a community camera,
 * or a household one whose agreement in force allows exactly this, at this hour, without asking first.
 */
export function mayLookAtPicture(
  camera: { readonly kind: CameraKind },
  agreements: readonly Agreement[],
  now_ms: number,
): boolean {
  const span = { start_ms: now_ms, end_ms: now_ms };
  const wish = { span, purpose: PICTURE_HEALTH, has_lawful_order: false };
  return consentFor(camera, agreements, wish, now_ms).kind === 'allow';
}
