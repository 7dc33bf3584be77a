/** One `Digest` challenge of a `WWW-Authenticate` header (RFC 7616, 3.3). */
export interface DigestChallenge {
  readonly realm: string;
  readonly nonce: string;
  readonly opaque: string | null;
  readonly algorithm: DigestAlgorithm;
  /** The algorithm as the device wrote it, or null where it named none. */
  readonly algorithm_token: string | null;
  /** `MD5-sess` and its like: the first client nonce goes into the key. */
  readonly is_session: boolean;
  /** What protects the request: `auth` where it is offered, else `auth-int`; null in the manner of RFC 2069. */
  readonly qop: 'auth' | 'auth-int' | null;
  readonly is_stale: boolean;
}

export type DigestAlgorithm = 'md5' | 'sha256' | 'sha512-256';

/** Strongest first. */
const ALGORITHMS: readonly { readonly algorithm: DigestAlgorithm; readonly names: readonly string[] }[] = [
  { algorithm: 'sha512-256', names: ['sha-512-256'] },
  { algorithm: 'sha256', names: ['sha-256', 'sha256'] },
  { algorithm: 'md5', names: ['md5'] },
];
const CHALLENGE_LENGTH_MAX = 4_096;
const PARAMETER = /([A-Za-z0-9_-]+)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/y;

/**
 * The strongest challenge we can answer among the values of all `WWW-Authenticate` headers, or null. Devices
 * offer MD5 and SHA-256 side by side, in two headers or in one.
 */
export function chooseChallenge(header_values: readonly string[]): DigestChallenge | null {
  const challenges = header_values.flatMap(parseChallenges);
  for (const { algorithm } of ALGORITHMS) {
    const found = challenges.find((challenge) => challenge.algorithm === algorithm);
    if (found !== undefined) return found;
  }
  return null;
}

/** Every answerable `Digest` challenge in one header value. Broken ones are left out, not guessed. */
export function parseChallenges(header_value: string): DigestChallenge[] {
  if (header_value.length > CHALLENGE_LENGTH_MAX) return [];
  const starts = [...header_value.matchAll(/(?:^|,)[ \t]*(Digest|Basic|NTLM|Negotiate)(?=[ \t]|,|$)/gi)];
  return starts.flatMap((match, index) => {
    if (match[1]!.toLowerCase() !== 'digest') return [];
    const body = header_value.slice(match.index + match[0].length, starts[index + 1]?.index);
    const challenge = challengeOf(readParameters(body));
    return challenge === null ? [] : [challenge];
  });
}

function readParameters(text: string): Map<string, string> {
  const parameters = new Map<string, string>();
  let at = 0;
  while (at < text.length) {
    PARAMETER.lastIndex = at;
    const match = PARAMETER.exec(text);
    if (match === null) {
      at += 1;
      continue;
    }
    const value = match[2]?.replace(/\\(.)/g, '$1') ?? match[3]!;
    if (!parameters.has(match[1]!.toLowerCase())) parameters.set(match[1]!.toLowerCase(), value);
    at = PARAMETER.lastIndex;
  }
  return parameters;
}

function challengeOf(parameters: ReadonlyMap<string, string>): DigestChallenge | null {
  const realm = parameters.get('realm');
  const nonce = parameters.get('nonce');
  const token = parameters.get('algorithm') ?? null;
  const stated = (token ?? 'MD5').toLowerCase();
  const name = stated.replace(/-sess$/, '');
  const algorithm = ALGORITHMS.find(({ names }) => names.includes(name))?.algorithm;
  const offered = (parameters.get('qop') ?? '')
    .toLowerCase()
    .split(',')
    .map((value) => value.trim());
  const qop = (['auth', 'auth-int'] as const).find((value) => offered.includes(value)) ?? null;
  if (realm === undefined || nonce === undefined || algorithm === undefined) return null;
  const opaque = parameters.get('opaque') ?? null;
  if (/\p{Cc}/u.test(realm + nonce + (opaque ?? ''))) return null;
  if (qop === null && offered.some((value) => value !== '')) return null;
  return {
    realm,
    nonce,
    opaque,
    algorithm,
    algorithm_token: token,
    is_session: name !== stated,
    qop,
    is_stale: parameters.get('stale')?.toLowerCase() === 'true',
  };
}
