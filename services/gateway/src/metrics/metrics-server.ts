import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CodedError } from '@minhchung/domain';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { METRICS_REQUEST_DEADLINE_MS } from '../limits.ts';
import { checkReadiness, type ReadinessCheck } from './readiness.ts';

/** A small server beside a role, for the operator's own network. */
export interface MetricsServer {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves `/metrics` (Prometheus), `/health` (the process runs) and `/ready` (what it works with answers; 503 when
 * not). Only GET; nothing in it is about a person, a case or a place. Throws `ADDRESS_IN_USE`.
 */
export async function startMetricsServer(options: {
  readonly host: string;
  readonly port: number;
  /** The option that names the port, for whom it is taken. */
  readonly option: string;
  readonly registry: Registry;
  readonly checks: readonly ReadinessCheck[];
  readonly logger: Logger;
}): Promise<MetricsServer> {
  const { host, registry, checks, logger } = options;
  const warn = (check: string, error: unknown) => logger.warn({ check, err: error }, 'not ready');

  async function answer(path: string, response: ServerResponse): Promise<void> {
    if (path === '/health') return send(response, 200, 'text/plain', 'ok\n');
    if (path === '/ready') {
      const readiness = await checkReadiness(checks, warn);
      const body = `${JSON.stringify(readiness)}\n`;
      return send(response, readiness.is_ready ? 200 : 503, 'application/json', body);
    }
    if (path === '/metrics') return send(response, 200, registry.contentType, await registry.metrics());
    send(response, 404, 'text/plain', 'not found\n');
  }

  const server = createServer((request, response) => {
    request.resume();
    const path = (request.url ?? '').split('?', 1)[0]!;
    if (request.method !== 'GET') return send(response, 405, 'text/plain', 'only GET\n');
    answer(path, response).catch((error: unknown) => {
      logger.error({ err: error }, 'metrics could not be answered');
      send(response, 500, 'text/plain', 'failed\n');
    });
  });
  server.requestTimeout = METRICS_REQUEST_DEADLINE_MS;
  server.headersTimeout = METRICS_REQUEST_DEADLINE_MS;
  await listen(server, options);
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      if (server.listening) await once(server, 'close');
    },
  };
}

async function listen(
  server: ReturnType<typeof createServer>,
  { host, port, option }: { readonly host: string; readonly port: number; readonly option: string },
): Promise<void> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new CodedError('ADDRESS_IN_USE', { host, port, option }, { cause: error });
  }
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  if (response.headersSent) return;
  response.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store' }).end(body);
}
