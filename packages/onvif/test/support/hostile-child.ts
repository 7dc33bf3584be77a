/**
 * Asks one device one question in a process of its own, so that the growth of its memory can be measured.
 * Arguments: a well-behaved device to warm up with, the device to ask, the deadline in milliseconds. Prints a
 * line of JSON.
 */
import { isCoded } from '@minhchung/domain';
import { createDeviceClient } from '../../src/index.ts';

const [kind_url, device_url, deadline_ms] = process.argv.slice(2);
const signal = new AbortController().signal;

async function ask(url: string): Promise<string> {
  const address = { device_url: url, username: 'admin', password: 'mật khẩu' };
  const time = { now_ms: () => Date.now() };
  const client = createDeviceClient({ address, time, deadline_ms: Number(deadline_ms) });
  try {
    await client.describe(signal);
    return 'answered';
  } catch (error) {
    return isCoded(error) ? error.code : String(error);
  } finally {
    await client.close();
  }
}

for (let question = 0; question < 20; question += 1) await ask(kind_url!);
const before_kb = process.resourceUsage().maxRSS;
const started_ms = performance.now();
const outcome = await ask(device_url!);
const elapsed_ms = performance.now() - started_ms;
const growth_mb = (process.resourceUsage().maxRSS - before_kb) / 1024;
process.stdout.write(`${JSON.stringify({ outcome, elapsed_ms, growth_mb })}\n`);
