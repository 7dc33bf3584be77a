import type { RegistryDeps } from '../deps.ts';
import type { ProbeTools } from './deps.ts';

/** The tools this process was handed. */
export function toolsOf(deps: Pick<RegistryDeps, 'probe'>): ProbeTools {
  if (deps.probe === undefined) throw new Error('nothing that reaches devices was handed in');
  return deps.probe;
}
