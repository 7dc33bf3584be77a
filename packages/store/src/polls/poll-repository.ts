import type { Camera, CameraState, ClockOffsetEstimate, Recorder } from '@minhchung/domain';

/** When a recorder is polled, and what its last poll came to. */
export interface RecorderPollState {
  readonly recorder_id: string;
  /** Null: nothing of it is polled. */
  readonly due_at_ms: number | null;
  readonly lease_owner: string | null;
  readonly lease_until_ms: number | null;
  readonly lease_token: number;
  readonly last_polled_at_ms: number | null;
  readonly last_answered_at_ms: number | null;
  readonly failures_in_a_row: number;
  readonly refused_at_ms: number | null;
}

/** What is known of a camera before its recorder is polled: enough to tell whether the poll changes anything. */
export interface PolledCamera extends Pick<Camera, 'id' | 'code' | 'unit_id' | 'source_token'> {
  readonly observed: {
    readonly state: CameraState;
    readonly reason: string;
    /** The last poll that saw it, polls of the recorder included. */
    readonly until_ms: number;
    /** True when the polls of this recorder carry it on. */
    readonly is_carried: boolean;
  } | null;
  readonly covered: {
    readonly observed_at_ms: number;
    readonly retained_from_device_ms: number | null;
    readonly retained_to_device_ms: number | null;
    readonly grows: boolean;
    readonly is_carried: boolean;
  } | null;
}

/** One recorder to poll, held until the lease ends. */
export interface ClaimedPoll {
  /** Fencing token: a report with an older one is refused. */
  readonly lease_token: number;
  readonly recorder: Recorder;
  /** In use and reached by polling; none retired. */
  readonly cameras: readonly PolledCamera[];
  /** Newest stretch of the recorder's clock; null: never measured. */
  readonly offset: ClockOffsetEstimate | null;
  readonly last_polled_at_ms: number | null;
  readonly last_answered_at_ms: number | null;
  readonly failures_in_a_row: number;
  readonly refused_at_ms: number | null;
}

export interface PollClaim {
  /** Names the poller; another one's reports are refused. */
  readonly owner: string;
  /** Codes of the networks to serve; null: all. */
  readonly networks: readonly string[] | null;
  readonly now_ms: number;
  /** Until when nobody else may poll what is taken here. */
  readonly lease_until_ms: number;
  readonly limit: number;
}

/** What one poll means for the schedule of its recorder. */
export interface PollReport {
  readonly recorder_id: string;
  readonly lease_token: number;
  readonly at_ms: number;
  /** True when its recordings were listed, so that coverages that were as expected last until now. */
  readonly is_answered: boolean;
  readonly due_at_ms: number;
  readonly failures_in_a_row: number;
  readonly refused_at_ms: number | null;
}

export interface PollRepository {
  /** Takes recorders whose time has come, longest due first; no two claimers get the same one. */
  claim(claim: PollClaim): Promise<ClaimedPoll[]>;
  /**
   * Ends leases, in one statement for all of them. Returns the recorders whose report was taken; of the others the
   * lease was lost, or what is polled was changed meanwhile, and nothing of their poll may be written.
   */
  report(owner: string, reports: readonly PollReport[]): Promise<ReadonlySet<string>>;
  /** Makes due what nobody is polling: somebody wants to know now. Returns how many. */
  makeDue(networks: readonly string[] | null, now_ms: number): Promise<number>;
  /** Recorders without a row have never been registered. */
  ofRecorders(recorder_ids: readonly string[]): Promise<RecorderPollState[]>;
}
