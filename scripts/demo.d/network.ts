import { runCommand, type Site } from './server.ts';

/** What `minhchung report network` says at the end. */
export interface NetworkState {
  /** As a person reads it. */
  readonly text: string;
  readonly working: number;
  readonly clocks_off: number;
  readonly schemes_effective: number;
}

/** The parts of the report's JSON that the demo holds against its plan. */
interface NetworkReport {
  readonly all: { readonly working: number };
  readonly clocks: { readonly off: number };
  readonly schemes: readonly { readonly evaluation: string }[];
}

/** Asks for the state of the network as the ward's technician would. */
export async function readNetwork(site: Site): Promise<NetworkState> {
  const text = await report(site, []);
  const { all, clocks, schemes } = JSON.parse(await report(site, ['--json'])) as NetworkReport;
  const schemes_effective = schemes.filter(({ evaluation }) => evaluation === 'effective').length;
  return { text, working: all.working, clocks_off: clocks.off, schemes_effective };
}

async function report(site: Site, options: readonly string[]): Promise<string> {
  const result = await runCommand(['report', 'network', ...options, '--config', site.config_file]);
  if (result.code !== 0) throw new Error(`minhchung report network: ${result.stderr}`);
  return result.stdout;
}
