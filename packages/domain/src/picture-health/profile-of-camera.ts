/** What telling a camera's stream from others needs to know of one. */
interface Profile {
  readonly source_token: string;
}

/**
 * The stream of a camera's own lens, or undefined. A camera that names no channel has the only one there is: of a
 * device with several the first may be somebody else's, a household's among them.
 */
export function profileOfCamera<P extends Profile>(
  { source_token }: { readonly source_token: string | null },
  profiles: readonly P[],
): P | undefined {
  if (source_token !== null) return profiles.find((profile) => profile.source_token === source_token);
  // Some streams (events alone) have no lens.
  const named = profiles.filter((profile) => profile.source_token !== '');
  const lenses = new Set(named.map((profile) => profile.source_token));
  if (lenses.size > 1) return undefined;
  return named[0] ?? profiles[0];
}
