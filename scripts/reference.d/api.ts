import { code, page, table } from './markdown.ts';

/** The part of a route that the overview shows. */
export interface ListedRoute {
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly description?: string;
  readonly tag: string;
  readonly access: 'public' | 'signed_in';
  readonly response: object;
}

/** The routes among the exports of a module, in order of path. */
export function routesAmong(exported: Readonly<Record<string, unknown>>): ListedRoute[] {
  const routes = Object.values(exported).filter(isRoute);
  return routes.sort((a, b) => compare(a.path, b.path) || compare(a.method, b.method));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function isRoute(value: unknown): value is ListedRoute {
  return (
    typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'tag' in value
  );
}

/** `docs/ref/api.md`: every route by area. Shapes of bodies are the OpenAPI page's business. */
export function renderApi(routes: readonly ListedRoute[]): string {
  const tags = [...new Set(routes.map(({ tag }) => tag))].sort();
  return page(
    'API',
    'packages/contract',
    `${routes.length} routes. Bodies, parameters and answers in full: the running service shows them at \`/docs\` and
as OpenAPI at \`/docs/json\` (unless \`api.docs\` is off). The typed client is \`createClient\` of
\`@minhchung/contract\`.`,
    `- **Session.** \`POST /api/session\` sets an HttpOnly cookie; routes marked *signed in* need it. Calls that change
  something must come from the service's own origin (\`api.public_origin\`).
- **Lists** take \`limit\` and \`cursor\` and answer \`{ items, next_cursor }\`.
- **Instants** are integers: milliseconds since 1970-01-01T00:00:00Z, true time unless the name says \`device\`.
- **Errors**: see [errors.md](errors.md). **Who may**: see [policy.md](policy.md).`,
    ...tags.flatMap((tag) => [`## ${tag}`, routeTable(routes.filter((one) => one.tag === tag))]),
  );
}

function routeTable(routes: readonly ListedRoute[]): string {
  return table(
    ['method', 'path', 'access', 'success', 'what it does'],
    routes.map(({ method, path, access, response, summary, description }) => [
      method,
      code(path),
      access === 'public' ? 'public' : 'signed in',
      Object.keys(response).join(', '),
      description === undefined ? `${summary}.` : `**${summary}.** ${description}`,
    ]),
  );
}
