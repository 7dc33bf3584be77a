import type { Camera, CameraKind, CameraState } from '@minhchung/domain';
import type { Page, PageRequest } from '../paging.ts';

export interface CameraFilter {
  readonly unit_ids?: readonly string[];
  readonly kind?: CameraKind;
  /** Current state; a camera never observed is `unknown`. */
  readonly state?: CameraState;
  readonly recorder_id?: string;
  readonly site_id?: string;
  /** Words to find in code, name, owner and address; case and diacritics do not matter. */
  readonly text?: string;
  /** Default false. */
  readonly with_retired?: boolean;
}

/** Degrees, WGS 84; west <= east. */
export interface BoundingBox {
  readonly south_deg: number;
  readonly west_deg: number;
  readonly north_deg: number;
  readonly east_deg: number;
}

export interface CameraRepository {
  /** Throws `ALREADY_EXISTS` when the code is taken, or the recorder's source has a camera already. */
  create(camera: Camera): Promise<void>;
  byId(id: string): Promise<Camera | null>;
  /** In no particular order; unknown ids are left out. */
  byIds(ids: readonly string[]): Promise<Camera[]>;
  byCode(code: string): Promise<Camera | null>;
  /** False when there is no such camera. */
  update(camera: Camera): Promise<boolean>;
  /** In order of code. */
  list(filter: CameraFilter, page: PageRequest): Promise<Page<Camera>>;
  /** Cameras in use at the recorder. */
  ofRecorder(recorder_id: string): Promise<Camera[]>;
  /** Cameras in use whose position lies in the box; the caller measures and ranks. */
  nearPoint(box: BoundingBox, limit: number): Promise<Camera[]>;
  /** False when it was retired already or does not exist. */
  retire(id: string, at_ms: number): Promise<boolean>;
}
