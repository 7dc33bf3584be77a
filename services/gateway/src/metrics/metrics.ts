import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { ProcessRole } from '../process/roles.ts';
import { VERSION } from '../version.ts';

/**
 * The numbers one process shows to Prometheus. Labels are words of the vocabulary and route templates, never a
 * name, a code, an address or an id of anything: metrics are read by people who have no business with those.
 */
export function createMetrics(role: ProcessRole): Registry {
  const registry = new Registry();
  registry.setDefaultLabels({ role });
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'minhchung_build_info',
    help: 'Always 1; the version is in the label.',
    labelNames: ['version'],
    registers: [registry],
  }).set({ version: VERSION }, 1);
  return registry;
}
