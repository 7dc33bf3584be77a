/** A fingerprint as people compare it: `AB:CD:…`, upper case. */
export function formatFingerprint(hex: string): string {
  return (hex.match(/../g) ?? []).join(':').toUpperCase();
}
