/** Prints how many bytes of heap one device memory takes, in a process of its own. Run with `--expose-gc`. */
import { chooseChallenge } from '../../src/auth/digest-challenge.ts';
import { LearnedDevice } from '../../src/device-client/device-memory.ts';
import { fromServices } from '../../src/device-client/service-addresses.ts';
import { readXml } from '../../src/xml/reader.ts';

const COUNT = 20_000;
const services = ['media', 'recording', 'search', 'replay'].map(
  (name) =>
    `<Service><Namespace>http://www.onvif.org/ver10/${name}/wsdl</Namespace>` +
    `<XAddr>http://10.0.0.1/onvif/${name}</XAddr></Service>`,
);
const device_url = new URL('http://10.1.2.3/onvif/device_service');

function learnedDevice(number: number): LearnedDevice {
  const memory = new LearnedDevice();
  memory.services = fromServices(readXml(`<r>${services.join('')}</r>`), device_url);
  const nonce = `${number}`.padEnd(64, '0123456789abcdef');
  memory.digest.open(
    chooseChallenge([`Digest realm="NVR", qop="auth", nonce="${nonce}", algorithm=SHA-256`])!,
  );
  memory.clock_offset_ms = number + 0.5;
  memory.clock_seen_at_ms = performance.now();
  return memory;
}

const collect = (globalThis as { gc?: () => void }).gc!;
const memories = [learnedDevice(0)];
collect();
const before_bytes = process.memoryUsage().heapUsed;
for (let number = 1; number <= COUNT; number += 1) memories.push(learnedDevice(number));
collect();
const each_bytes = (process.memoryUsage().heapUsed - before_bytes) / (memories.length - 1);
process.stdout.write(String(each_bytes));
