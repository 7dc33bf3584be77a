/**
 * The baseline of the poll bench, in a process of its own: the same questions as bare POSTs, one fresh connection per
 * device and sweep, the answers read by npm `onvif`'s parser. No database, no clocks, no thought.
 */
import { readFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { createRequire } from 'node:module';
import type { AskedQuestion } from '@minhchung/testkit';
import { obey } from '../child.ts';
import { measured, type Usage } from './usage.ts';

export interface BaselineOptions {
  /** File with the devices' addresses and what a sweep asked of them, as JSON. */
  readonly questions_path: string;
  readonly concurrency: number;
}

type Parse = (xml: string, callback: (error: Error | null, answer: unknown) => void) => void;

const { parseSOAPString } = createRequire(new URL('../../../packages/onvif/package.json', import.meta.url))(
  'onvif/lib/utils',
) as { readonly parseSOAPString: Parse };

const options = JSON.parse(process.argv[2]!) as BaselineOptions;
const { device_urls, asked } = JSON.parse(await readFile(options.questions_path, 'utf8')) as {
  readonly device_urls: readonly string[];
  readonly asked: readonly AskedQuestion[];
};
const devices = [...Map.groupBy(asked, ({ device }) => device)];

async function run(): Promise<Usage> {
  let next = 0;
  const work = async () => {
    while (next < devices.length) {
      const [device, questions] = devices[next++]!;
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      for (const question of questions) await parsed(await post(device, question, agent));
      agent.destroy();
    }
  };
  const { usage } = await measured(() => Promise.all(Array.from({ length: options.concurrency }, work)));
  return usage;
}

function post(device: number, question: AskedQuestion, agent: Agent): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const url = new URL(question.path, device_urls[device]);
  const headers = {
    'Content-Type': question.content_type,
    'Content-Length': Buffer.byteLength(question.body),
    ...(question.authorization === null ? {} : { Authorization: question.authorization }),
  };
  const sent = request(url, { method: 'POST', agent, headers }, (response) => {
    let body = '';
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => {
      body += chunk;
    });
    response.on('end', () => resolve(body));
  });
  sent.on('error', reject);
  sent.end(question.body);
  return promise;
}

function parsed(xml: string): Promise<unknown> {
  return new Promise((resolve) => parseSOAPString(xml, (error, answer) => resolve(error ?? answer)));
}

await obey(run, async () => {});
