/** What the thread is told. `bytes` lie in shared memory and stay as they are until the thread has answered. */
export type HashingTask =
  | { readonly kind: 'update'; readonly hash: number; readonly bytes: Uint8Array }
  | { readonly kind: 'digest' | 'drop'; readonly hash: number };

/** What it answers: one for each update and digest, in the order of the tasks of one hash. SHA-256 in hex, or null. */
export interface HashingAnswer {
  readonly hash: number;
  readonly sha256: string | null;
}
