/**
 * Remembers which certificate each recorder is known by. Implemented over the store and handed to the device
 * transport: most cameras have a certificate nobody vouches for, so the first one seen is the one that counts.
 */
export interface CertificatePins {
  /**
   * Whether a recorder may be talked to under this certificate (SHA-256 of its DER, lower-case hex).
   * `is_vouched_for`: a public authority vouches for it and for the host name. The first certificate of a recorder
   * is remembered; a vouched-for one replaces what was remembered; any other one is refused and noted down.
   */
  accepts(
    recorder_id: string,
    certificate: { readonly fingerprint_sha256: string; readonly is_vouched_for: boolean },
  ): Promise<boolean>;
}
