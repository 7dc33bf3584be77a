import type { CameraState, Observation, Span } from '@minhchung/domain';
import type { Page, PageRequest } from '../paging.ts';

export interface ObservationRepository {
  /**
   * What one poll saw. The same state and reason as before extends the interval; another one opens a new one.
   * A poll older than the newest interval's end changes nothing.
   */
  record(
    camera_id: string,
    state: CameraState,
    reason: string,
    at_ms: number,
  ): Promise<{ readonly changed: boolean }>;
  /** The newest interval of each camera that has one. */
  current(camera_ids: readonly string[]): Promise<Observation[]>;
  /** Newest first. */
  history(camera_id: string, page: PageRequest): Promise<Page<Observation>>;
  /** Intervals that meet the span, oldest first. */
  during(camera_ids: readonly string[], span: Span): Promise<Observation[]>;
}
