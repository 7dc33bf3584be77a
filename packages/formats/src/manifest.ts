/**
 * The manifest of one evidence package: what was asked, what was found, what is delivered, and how the times
 * in it are to be read. Published as JSON Schema beside this file; both describe the same thing.
 *
 * Times are integers: milliseconds (`_ms`) or microseconds (`_us`) since 1970-01-01T00:00:00Z. *Device* times
 * are what the recorder's clock claimed. *True* times are UTC: `true = device - offset`, and because the offset
 * is known as an interval, so is every true time made from a device time.
 */
import type { MANIFEST_FORMAT } from './constants.ts';
import type { ManifestFootage } from './manifest-footage.ts';
import type { ManifestFile, ManifestUnit } from './manifest-parts.ts';

export interface Manifest extends ManifestFootage {
  readonly format: typeof MANIFEST_FORMAT;
  readonly package_id: string;
  readonly created_at_ms: number;
  readonly item: { readonly id: string; readonly attempt: string };
  readonly request: ManifestRequest;
  readonly case: { readonly id: string; readonly number: string; readonly is_provisional: boolean };
  /** The requester's unit. */
  readonly unit: ManifestUnit;
  readonly requester: ManifestPerson;
  /**
   * Left out: made by a system that asks for approvals and logs acts. `unapproved_unlogged`: made by one person alone
   * from files at hand; nobody approved it, no log knows of it, and who the operator is was only stated.
   */
  readonly authority?: 'unapproved_unlogged';
  /** Every decision taken before the package was made, in order of time. Empty only for an urgent request and without authority. */
  readonly decisions: readonly ManifestDecision[];
  /** Where the log of acts holds the approval; null when an urgent item ran before it was approved. */
  readonly approval: { readonly audit_event_id: string; readonly leaf_sha256: string } | null;
  /** VERIFY.md, the public key: what a reader needs besides the footage. Not the manifest itself. */
  readonly documents: readonly ManifestFile[];
  /** Programs that touched the bytes, with version: `{ "ffmpeg": "5.1.9" }`. */
  readonly tools: Readonly<Record<string, string>>;
  /** Who did what when, in order of time. */
  readonly steps: readonly ManifestStep[];
  readonly signing: { readonly algorithm: 'ed25519'; readonly key_id: string };
}

export interface ManifestRequest {
  readonly id: string;
  readonly number: string;
  readonly purpose: string;
  readonly reason: string;
  readonly legal_basis: string;
  readonly legal_reference: string | null;
  readonly is_urgent: boolean;
  readonly submitted_at_ms: number;
}

export interface ManifestPerson {
  readonly full_name: string;
  readonly badge_number: string;
}

export interface ManifestDecision {
  readonly unit: ManifestUnit;
  readonly person: ManifestPerson;
  readonly verdict: 'approved' | 'refused';
  readonly reason: string;
  readonly decided_at_ms: number;
}

export interface ManifestStep {
  readonly act: string;
  /** `system:<part>` or `person:<id>`. */
  readonly actor: string;
  readonly at_ms: number;
}
