/**
 * Cookies of one server, for callers that are not browsers (command, demo, tests). A browser keeps its own and
 * hands in no jar.
 */
export interface CookieJar {
  /** Value of the `cookie` header, or null when there is none. */
  header(): string | null;
  /** Takes what the server set or deleted. */
  store(set_cookie: readonly string[]): void;
}

/** A jar in memory. Understands what the gateway sends: name, value, `Max-Age` and `Expires` for deletion. */
export function createCookieJar(): CookieJar {
  const cookies = new Map<string, string>();
  return {
    header() {
      if (cookies.size === 0) return null;
      return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    },
    store(set_cookie) {
      for (const line of set_cookie) {
        const [pair = '', ...attributes] = line.split(';');
        const equals = pair.indexOf('=');
        if (equals < 1) continue;
        const name = pair.slice(0, equals).trim();
        if (attributes.some(isDeletion)) cookies.delete(name);
        else cookies.set(name, pair.slice(equals + 1).trim());
      }
    },
  };
}

function isDeletion(attribute: string): boolean {
  const [name = '', value = ''] = attribute.split('=').map((part) => part.trim());
  if (name.toLowerCase() === 'max-age') return Number(value) <= 0;
  return name.toLowerCase() === 'expires' && Date.parse(value) === 0;
}
