import type { Clock, Network, Recorder } from '@minhchung/domain';
import type { Page, PageRequest } from '../paging.ts';

/** A recorder that can be polled, with what a poll needs to know. */
export interface PollableRecorder {
  readonly recorder: Recorder;
  readonly network: Network;
  readonly clock: Clock;
}

export interface RecorderRepository {
  /** Throws `ALREADY_EXISTS` when the code is taken. */
  create(recorder: Recorder): Promise<void>;
  byId(id: string): Promise<Recorder | null>;
  byCode(code: string): Promise<Recorder | null>;
  /** False when there is no such recorder. */
  update(recorder: Recorder): Promise<boolean>;
  list(filter: { readonly unit_ids?: readonly string[] }, page: PageRequest): Promise<Page<Recorder>>;
  /**
   * Recorders of the networks (null: all) that have a device to poll or a folder to read, and at least one
   * camera in use that is not `owner_only`; in order of id.
   */
  pollable(request: {
    readonly network_codes: readonly string[] | null;
    readonly limit: number;
    readonly after: string | null;
  }): Promise<Page<PollableRecorder>>;
}
