/** Empty object that says: the attempt was discarded and takes no more objects. Keys never begin with a dot. */
export function tombstoneKey(attempt: string): string {
  return `.discarded/${attempt.replace('/', '~')}`;
}
