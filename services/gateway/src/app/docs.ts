import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';

/** Where the API's page is. */
export const DOCS_PREFIX = '/docs';

const WORDMARK =
  '<svg xmlns="http://www.w3.org/2000/svg" width="150" height="40">' +
  '<text x="0" y="28" font-family="sans-serif" font-size="24" fill="#fff">Minh Chứng</text></svg>';

/** The API described from its own routes (OpenAPI 3.1). Call before the routes are mounted. */
export async function describeApi(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Minh Chứng',
        version,
        description:
          'Tìm camera, yêu cầu và bàn giao hình ảnh có thể kiểm chứng. · Find cameras, ask for footage, and hand ' +
          'it over so that a stranger can check it. Sign in with POST /api/session first.',
      },
      components: {
        securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'minhchung_session' } },
      },
    },
  });
}

/** The API's page, served from this program alone: nothing is fetched from elsewhere. */
export async function serveDocs(app: FastifyInstance): Promise<void> {
  await app.register(swaggerUi, {
    routePrefix: DOCS_PREFIX,
    staticCSP: {
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': "'self' 'unsafe-inline'",
      'img-src': "'self' data:",
      'connect-src': "'self'",
      'font-src': "'self'",
      'frame-ancestors': "'none'",
      'base-uri': "'none'",
    },
    logo: { type: 'image/svg+xml', content: Buffer.from(WORDMARK) },
    theme: { title: 'Minh Chứng API' },
    uiConfig: { docExpansion: 'list', displayRequestDuration: true },
  });
}
