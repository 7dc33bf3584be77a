import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { INFORMATION, type LoopbackHttpServer, startHttpServer } from './loopback/http-server.ts';
import { HOSTILITIES, startHostileServer } from './support/hostile-servers.ts';

const CHILD = join(import.meta.dirname, 'support/hostile-child.ts');
const DEADLINE_MS = 600;
/** The deadline, and what a busy machine may add to it. */
const ELAPSED_MS_MAX = DEADLINE_MS + 1_500;
/** One answer at its limit, read as XML, and the collector's slack; 200 MB would show. */
const GROWTH_MB_MAX = 48;

/** What goes on for ever in small pieces, and is left as soon as that shows. */
const RECOGNISED = new Set(['sends a chunk extension with every byte', 'announces itself for ever (1xx)']);

const closing: (() => Promise<void>)[] = [];
let kind: LoopbackHttpServer;
beforeAll(async () => {
  kind = await startHttpServer((_, response) => response.end(INFORMATION));
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});
afterAll(() => kind.close());

describe('a device that', () => {
  it.each(Object.entries(HOSTILITIES))(
    '%s is left within the deadline and in bounded memory',
    async (name, hostility) => {
      const server = await startHostileServer(hostility);
      closing.push(() => server.close());
      const { stdout } = await promisify(execFile)(process.execPath, [
        ...[CHILD, kind.device_url, server.device_url, String(DEADLINE_MS)],
      ]);
      const { outcome, elapsed_ms, growth_mb } = JSON.parse(stdout);
      expect(['DEVICE_BROKEN', 'DEVICE_TIMEOUT', 'DEVICE_REFUSED']).toContain(outcome);
      if (RECOGNISED.has(name)) expect(outcome).toBe('DEVICE_BROKEN');
      expect(elapsed_ms).toBeLessThan(ELAPSED_MS_MAX);
      expect(growth_mb).toBeLessThan(GROWTH_MB_MAX);
    },
  );
});
