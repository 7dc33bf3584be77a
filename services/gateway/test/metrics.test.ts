import { createServer } from 'node:net';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildApp } from '../src/app/build-app.ts';
import { measureAnswers } from '../src/metrics/api-metrics.ts';
import { createExtractionMetrics } from '../src/metrics/extraction-metrics.ts';
import { createMetrics } from '../src/metrics/metrics.ts';
import { startMetricsServer } from '../src/metrics/metrics-server.ts';
import type { ReadinessCheck } from '../src/metrics/readiness.ts';
import { createSweepMetrics } from '../src/metrics/sweep-metrics.ts';
import { createWorld, type World } from './world.ts';

const logger = pino({ level: 'silent' });
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function serve(checks: readonly ReadinessCheck[], registry = createMetrics('poller')) {
  const server = await startMetricsServer({
    ...{ host: '127.0.0.1', port: 0, option: 'metrics.ports.poller' },
    ...{ registry, checks, logger },
  });
  closing.push(() => server.close());
  return (path: string, method = 'GET') => fetch(`${server.url}${path}`, { method });
}

test('what sweeps and extractions came to can be read as Prometheus text', async () => {
  const registry = createMetrics('poller');
  const swept = createSweepMetrics(registry);
  const by_state = { online: 1900, degraded: 0, offline: 10, refused: 1, unknown: 0 };
  for (const changes of [3, 4]) {
    swept({ recorders: 287, cameras: 1911, by_state, changes, faults: 0, duration_ms: 1500 });
  }
  createExtractionMetrics(registry)({ outcome: 'archived', duration_ms: 900, size_bytes: 1234 });
  const ask = await serve([], registry);
  const text = await (await ask('/metrics')).text();
  const role = 'poller';
  expect(metricOf(text, 'minhchung_recorders_polled_total', { role })).toBe(574);
  expect(metricOf(text, 'minhchung_camera_state_changes_total', { role })).toBe(7);
  expect(metricOf(text, 'minhchung_sweep_cameras', { role, state: 'offline' })).toBe(10);
  expect(metricOf(text, 'minhchung_extracted_bytes_total', { role })).toBe(1234);
  const within_1_s = { role, le: '1', outcome: 'archived' };
  expect(metricOf(text, 'minhchung_extraction_seconds_bucket', within_1_s)).toBe(1);
  expect(text).toContain('process_resident_memory_bytes');
});

test('ready means that everything answers, in time', async () => {
  const good: ReadinessCheck = { name: 'database', run: async () => 1 };
  expect((await (await serve([good]))('/ready')).status).toBe(200);
  const bad: ReadinessCheck = { name: 'archive', run: async () => Promise.reject(new Error('secret path')) };
  const answer = await (await serve([good, bad]))('/ready');
  expect(answer.status).toBe(503);
  const text = await answer.text();
  expect(JSON.parse(text).checks).toEqual([
    { name: 'database', is_ok: true },
    { name: 'archive', is_ok: false },
  ]);
  expect(text).not.toContain('secret');
  const silent: ReadinessCheck = { name: 'archive', run: () => new Promise(() => {}) };
  expect((await (await serve([silent]))('/ready')).status).toBe(503);
});

test('the process is healthy as long as it answers, and answers nothing else', async () => {
  const ask = await serve([{ name: 'database', run: () => Promise.reject(new Error('down')) }]);
  expect((await ask('/health')).status).toBe(200);
  expect((await ask('/etc/passwd')).status).toBe(404);
  expect((await ask('/metrics', 'POST')).status).toBe(405);
});

test('a port that is taken is told by the option that names it', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  closing.push(async () => taken.close());
  await new Promise((resolve) => taken.once('listening', resolve));
  const { port } = taken.address() as { port: number };
  const registry = createMetrics('api');
  const options = { host: '127.0.0.1', port, option: 'metrics.ports.api', registry, checks: [], logger };
  await expect(startMetricsServer(options)).rejects.toMatchObject({
    code: 'ADDRESS_IN_USE',
    details: { port, option: 'metrics.ports.api' },
  });
});

/** Value of the metric with exactly these labels; undefined when it is not there. */
function metricOf(text: string, name: string, labels: Readonly<Record<string, string>>): number | undefined {
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  for (const line of text.split('\n')) {
    const [, found, given, value] = /^(\w+)\{(.*)\} (\S+)$/.exec(line) ?? [];
    if (found !== name || given === undefined) continue;
    if (given.split(',').sort().join() === [...wanted].sort().join()) return Number(value);
  }
  return undefined;
}

let world: World;
beforeEach(async () => {
  world = await createWorld({ areas: () => [] });
  closing.push(() => world.close());
});

test('the API says whether it is ready, and what does not answer when it is not', async () => {
  expect((await world.send({ method: 'GET', url: '/api/ready' })).json()).toEqual({ checks: ['database'] });
  await world.store.close();
  const answer = await world.send({ method: 'GET', url: '/api/ready' });
  expect(answer.statusCode).toBe(503);
  expect(answer.json()).toMatchObject({ code: 'NOT_READY', details: { parts: 'database' } });
});

test('answers are measured by the route’s template: no id, no query and no made-up path becomes a label', async () => {
  const registry = createMetrics('api');
  const app = await buildApp({
    ...{ store: world.store, settings: world.settings, time: world.time, logger, areas: () => [] },
    instrument: (instrumented) => measureAnswers(instrumented, registry),
  });
  closing.push(() => app.close());
  await app.inject({ method: 'GET', url: '/api/health?token=geheim' });
  await app.inject({ method: 'GET', url: '/api/made/up/path' });
  const text = await registry.metrics();
  const name = 'minhchung_api_answer_seconds_count';
  const answered = { role: 'api', method: 'GET' };
  expect(metricOf(text, name, { ...answered, route: '/api/health', status: '2xx' })).toBe(1);
  expect(metricOf(text, name, { ...answered, route: 'none', status: '4xx' })).toBe(1);
  expect(text).not.toMatch(/geheim|made/);
});
