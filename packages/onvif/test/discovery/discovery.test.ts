import { execFile, execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { DiscoveredDevice } from '../../src/index.ts';

const run = promisify(execFile);
const CHILD = join(import.meta.dirname, 'network-child.ts');
/** Multicast on loopback, in a network nobody else is in. */
const PREPARE =
  'ip link set lo up && ip link set lo multicast on && ip route add 239.0.0.0/8 dev lo && exec "$0" "$@"';

function canHaveOwnNetwork(): boolean {
  try {
    execFileSync('unshare', ['-rn', 'sh', '-c', PREPARE, 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const has_own_network = canHaveOwnNetwork();
if (!has_own_network) {
  process.stderr.write(
    'discovery is tested on loopback: this machine allows no network namespace of its own\n',
  );
}

/** What a child found; in a namespace of its own, or else on loopback, never on a real interface. */
async function discovered(...args: string[]): Promise<DiscoveredDevice[]> {
  const node = [process.execPath, CHILD, ...args];
  const { stdout } = has_own_network
    ? await run('unshare', ['-rn', 'sh', '-c', PREPARE, ...node])
    : await run(node[0]!, node.slice(1));
  return JSON.parse(stdout);
}

describe('looking for devices by multicast', () => {
  it('finds each device once, at its own address, and believes nothing else of what comes', async () => {
    const found = await discovered();
    expect(found.map(({ device_url }) => device_url)).toEqual([
      'http://127.0.0.1:8000/onvif/device_service',
      'http://127.0.0.1:8001/onvif/device_service',
      null,
    ]);
    expect(found[0]).toMatchObject({ address: '127.0.0.1', name: 'Cổng', hardware: 'IPC-1' });
  });

  it('drops answers from outside the configured networks', async () => {
    expect(await discovered('elsewhere')).toEqual([]);
  });
});
