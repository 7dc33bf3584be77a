import type { FastifyInstance } from 'fastify';
import { Histogram, type Registry } from 'prom-client';

/** Looking something up takes milliseconds, a report of a province seconds. */
const ANSWER_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const MS_PER_S = 1_000;

/** Measures every answer of the API by route template, method and class of status. */
export function measureAnswers(app: FastifyInstance, registry: Registry): void {
  const answers = new Histogram({
    name: 'minhchung_api_answer_seconds',
    help: 'Time from the first byte of a call to the last byte of its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: ANSWER_SECONDS,
    registers: [registry],
  });
  app.addHook('onResponse', async (request, reply) => {
    // What no route answers is one label: paths are made up by the caller.
    const route = request.routeOptions.url ?? 'none';
    const status = `${Math.floor(reply.statusCode / 100)}xx`;
    answers.observe({ method: request.method, route, status }, reply.elapsedTime / MS_PER_S);
  });
}
