import type { Manifest } from '@minhchung/formats';
import type { Findings } from '../report/findings.ts';

/** `user:secret@` before a host. */
const USER_INFORMATION = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*@/i;
/** A query or vendor parameter that carries a secret. */
const SECRET_PARAMETER = /[?&;](pass(word|wd)?|pwd|token|auth|user(name)?)=/i;

/** Checks that the address of the source carries no credentials to whoever receives the package. */
export function checkSource(manifest: Manifest, findings: Findings): void {
  const texts = [manifest.source.address, ...manifest.source.parts];
  const leaks = texts.some((text) => USER_INFORMATION.test(text) || SECRET_PARAMETER.test(text));
  findings.judge('source_address', leaks ? [{}] : []);
}
