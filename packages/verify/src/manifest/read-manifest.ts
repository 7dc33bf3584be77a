import {
  checkManifestForm,
  FormatError,
  MANIFEST_BYTES_MAX,
  type Manifest,
  parseCanonicalJson,
} from '@minhchung/formats';
import type { Findings } from '../report/findings.ts';

/** Reads the manifest and checks that it is canonical and fits its schema; null when it cannot be relied on. */
export function readManifest(bytes: Uint8Array | null, findings: Findings): Manifest | null {
  if (bytes === null) {
    findings.fail('manifest_form', { problem: 'manifest.json is missing or too long' });
    return null;
  }
  try {
    const value = parseCanonicalJson(bytes, MANIFEST_BYTES_MAX);
    const violations = checkManifestForm(value);
    findings.judge(
      'manifest_form',
      violations.map(({ pointer, message }) => ({ problem: `${pointer || '/'} ${message}` })),
    );
    return violations.length === 0 ? (value as unknown as Manifest) : null;
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    findings.fail('manifest_form', { problem: error.message });
    return null;
  }
}
