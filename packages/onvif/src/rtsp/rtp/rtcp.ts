const BYE = 203;

/** True when a compound RTCP packet (RFC 3550, 6.1) says BYE. What is broken in it says nothing. */
export function hasBye(bytes: Uint8Array): boolean {
  let at = 0;
  while (at + 4 <= bytes.length && bytes[at]! >> 6 === 2) {
    if (bytes[at + 1] === BYE) return true;
    at += (((bytes[at + 2]! << 8) | bytes[at + 3]!) + 1) * 4;
  }
  return false;
}
