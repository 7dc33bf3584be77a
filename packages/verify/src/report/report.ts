/** One thing that was checked, in words. `file` names the file of the package it is about. */
export interface Check {
  readonly code: string;
  readonly ok: boolean;
  readonly vi: string;
  readonly en: string;
  readonly file?: string;
}

/** What the verifier found out about one package. */
export interface Report {
  /** True when everything checked is true. */
  readonly ok: boolean;
  /** From the manifest: without approval and log, so that this is said before everything else; null: with both. */
  readonly authority: 'unapproved_unlogged' | null;
  /** In the order they were made; every untruth is among them. */
  readonly checks: readonly Check[];
  /** The key the signature was checked with; null when none fits. */
  readonly key: { readonly key_id: string; readonly origin: 'given' | 'package' } | null;
  /** From the manifest, where it could be read. */
  readonly package: ReportedPackage | null;
  /** What the result does not say, in words. */
  readonly notes: readonly { readonly vi: string; readonly en: string }[];
}

export interface ReportedPackage {
  readonly package_id: string;
  readonly request_number: string;
  readonly case_number: string;
  readonly camera: string;
  readonly outcome: string;
}
