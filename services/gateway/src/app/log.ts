import type { FastifyInstance } from 'fastify';

/** One line per answered call: what, how it ended, how long. Query and body never reach the log. */
export function logAnswers(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    // Answers are about cases and people: no cache between here and the screen keeps them.
    reply.header('cache-control', 'no-store');
  });
  app.addHook('onResponse', async (request, reply) => {
    request.log.info(
      {
        method: request.method,
        route: request.routeOptions.url ?? null,
        status: reply.statusCode,
        duration_ms: Math.round(reply.elapsedTime),
        account_id: request.actor?.account_id ?? null,
      },
      'answered',
    );
  });
}
