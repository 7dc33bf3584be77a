/**
 * The one interface between extraction workers and whatever hands out work: the database today, a job API over
 * HTTPS for a box in a ward's LAN later. A worker learns the secrets of the jobs it holds and nothing else.
 *
 * A claim is a lease with a fencing token. Tokens grow with every claim of the same item, so what a worker that
 * lost its lease still tries to report is refused (`LEASE_LOST`) and its half-done attempt stays invisible.
 */
import type { ClockOffsetEstimate } from '../clock-offset/estimate.ts';
import type { Span } from '../span.ts';
import type { Case, Decision, ExtractionRequest, ItemReason, Order } from '../vocabulary/cases.ts';
import type { Agreement, Camera, Clock, Recorder } from '../vocabulary/network.ts';
import type { Person, Unit } from '../vocabulary/people.ts';
import type { Upload } from '../vocabulary/uploads.ts';
import type { DeviceAddress } from './device.ts';

/** Proof that a worker holds an item. */
export interface Lease {
  readonly item_id: string;
  readonly worker_id: string;
  /** Fencing token: also the number of the attempt. */
  readonly token: number;
  readonly expires_at_ms: number;
}

/** Everything one extraction needs to know. */
export interface ExtractionAssignment {
  readonly lease: Lease;
  readonly camera: Camera;
  readonly camera_unit: Unit;
  readonly recorder: Recorder;
  readonly clock: Clock;
  /** Null for a source that needs no device (a folder). */
  readonly address: DeviceAddress | null;
  /** Measured offsets of the clock that stamped the frames, oldest epoch first; empty: unknown. */
  readonly clock_offsets: readonly ClockOffsetEstimate[];
  /** The clock in the camera's picture and its measured offsets, oldest epoch first; null: none is known. */
  readonly display_clock: {
    readonly clock: Clock;
    readonly offsets: readonly ClockOffsetEstimate[];
  } | null;
  readonly request: ExtractionRequest;
  readonly request_unit: Unit;
  readonly requester: Person;
  readonly decisions: readonly (Decision & { readonly person: Person; readonly unit: Unit })[];
  readonly case: Case;
  /** The approved span in true time: the wanted one or a part of it. */
  readonly approved: Span;
  /** Attempts made before a person had the item tried again: they no longer count against it. */
  readonly attempts_forgiven: number;
  /** True time at which the recorder is expected to have overwritten the span; null: unknown. */
  readonly overwrite_at_ms: number | null;
  /** Every agreement of the owner for this camera, withdrawn ones included; none for a community camera. */
  readonly agreements: readonly Agreement[];
  /** The owner, asked first, has accepted this very item. */
  readonly owner_accepted: boolean;
  /** The lawful order that overrides the owner; null: none was given. */
  readonly order: Order | null;
  /** Where the audit trail holds the newest approval of the request; null: an urgent one nobody decided yet. */
  readonly approval: { readonly audit_event_id: string; readonly leaf_sha256: string } | null;
  /** What people handed in for this item, oldest first; then it is the source, whatever the recorder is. */
  readonly uploads?: readonly Upload[];
  /** The package that somebody made alone and brought in as this item; nothing else may be delivered for it. */
  readonly imported?: { readonly manifest_sha256: string };
}

export interface ExtractionProgress {
  readonly phase: 'searching' | 'cutting' | 'deriving' | 'archiving';
  readonly bytes: number;
  /** Media time cut so far, of the approved span. */
  readonly media_ms: number;
}

/** How an extraction ended. Only `archived` and `partial` have a clip. */
export type ExtractionResult =
  | {
      readonly outcome: 'archived' | 'partial';
      readonly attempt_prefix: string;
      readonly manifest_sha256: string;
      readonly size_bytes: number;
      readonly found: readonly Span[];
      readonly gaps: readonly Span[];
      readonly reason: ItemReason | null;
    }
  | { readonly outcome: 'no_footage' | 'not_obtained' | 'failed'; readonly reason: ItemReason }
  | { readonly outcome: 'waiting' | 'retry'; readonly reason: ItemReason; readonly not_before_ms: number };

/** What was discarded of an item that was called off. */
export interface DiscardedAttempts {
  readonly files: number;
  /** Hash of a manifest that had been written; null: no package was whole. */
  readonly manifest_sha256: string | null;
}

export interface Work {
  /** The most urgent item this worker may serve, or null when there is none now. */
  claim(request: {
    readonly worker_id: string;
    /** Codes of the networks the worker serves; null: all. */
    readonly networks: readonly string[] | null;
    readonly lease_ms: number;
  }): Promise<ExtractionAssignment | null>;
  /** Throws `LEASE_LOST`; also how a worker learns that its item was cancelled (`CANCELLED`). */
  renew(lease: Lease, lease_ms: number): Promise<Lease>;
  /** Throws as `renew` when the lease holds no more; changes nothing, so that it can be asked often. */
  check(lease: Lease): Promise<void>;
  report(lease: Lease, progress: ExtractionProgress): Promise<void>;
  /** Ends the claim: state, clip and audit event in one transaction. Repeating it changes nothing. */
  finish(lease: Lease, result: ExtractionResult): Promise<void>;
  /**
   * An item that was called off while an attempt at it ran, and whose worker is gone: what it left in the archive is
   * to be discarded. Null: there is none.
   */
  claimCalledOff(request: { readonly worker_id: string; readonly lease_ms: number }): Promise<Lease | null>;
  /**
   * Says that nothing is left in the archive of an item that was called off, and writes into the trail what was
   * discarded. Of an item that was not called off, or a lease that holds no more, it changes nothing.
   */
  settle(lease: Lease, discarded: DiscardedAttempts): Promise<void>;
}
