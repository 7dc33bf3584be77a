import type { Agreement } from '@minhchung/domain';

export interface AgreementRepository {
  create(agreement: Agreement): Promise<void>;
  byId(id: string): Promise<Agreement | null>;
  /** All agreements of the camera, newest first. */
  ofCamera(camera_id: string): Promise<Agreement[]>;
  /** The newest agreement in force at that moment for each camera that has one. */
  validAt(camera_ids: readonly string[], at_ms: number): Promise<Agreement[]>;
  /**
   * Ends the agreement and destroys the credentials of the camera's recorder, both or neither. False when it was
   * withdrawn already. (A recorder shared with cameras that still have an agreement keeps its credentials.)
   */
  withdraw(
    id: string,
    at_ms: number,
  ): Promise<{ readonly withdrawn: boolean; readonly credentials_destroyed: boolean }>;
}
