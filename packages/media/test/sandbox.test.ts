/** Programs that try what a taken-over ffmpeg would try. What the sandbox says it holds, it holds. */
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeSandbox, type SandboxLimit } from '../src/index.ts';
import { startTool } from '../src/tools/run-tool.ts';
import { toolOutput } from '../src/tools/tool-output.ts';
import { childrenNamed } from './support/children.ts';
import { never } from './support/cut-file.ts';
import { orphanedTool } from './support/orphan.ts';

let folder: string;
let input_path: string;
let holds: ReadonlyMap<SandboxLimit, boolean>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'media-sandbox-'));
  input_path = join(folder, 'input.mp4');
  await writeFile(input_path, 'what the tool may read', { mode: 0o600 });
  holds = new Map((await describeSandbox()).map(({ limit, holds }) => [limit, holds]));
});
afterAll(() => rm(folder, { recursive: true }));

/** Puts a shell script in ffmpeg's place and gives its path. `$named` is the file it is told of. */
async function hostileTool(script: string): Promise<string> {
  const home = await mkdtemp(join(folder, 'program-'));
  const path = join(home, 'ffmpeg');
  await writeFile(path, `#!/bin/bash\nnamed=$(printf %s "$@" | sed 's/.*file://')\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}

/** What a script prints when it is run as ffmpeg is. */
async function printed(script: string, args: readonly string[] = []): Promise<string> {
  const ffmpeg_path = await hostileTool(script);
  const run = { tool: 'ffmpeg', args, deadline_ms: 20_000, signal: never } as const;
  return (await toolOutput(run, 64 * 1024, { ffmpeg_path })).toString('utf8').trim();
}

const succeeds = async (command: string, args?: readonly string[]): Promise<boolean> =>
  (await printed(`if ${command} >/dev/null 2>&1; then echo yes; else echo no; fi`, args)) === 'yes';

describe('a tool that was taken over', () => {
  let server: Server;
  let visitors = 0;
  beforeAll(async () => {
    server = createServer((socket) => {
      visitors += 1;
      socket.destroy();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(() => server.close());

  it('reaches no network', async () => {
    const { port } = server.address() as { port: number };
    expect(await succeeds(`exec 3<>/dev/tcp/127.0.0.1/${port}`)).toBe(!holds.get('no_network'));
    expect(visitors > 0).toBe(!holds.get('no_network'));
  });

  it('reads its input, and no other file', async () => {
    expect(await printed('cat "$named"', ['-i', `file:${input_path}`])).toBe('what the tool may read');
    for (const path of ['/etc/passwd', '/etc/hostname', import.meta.filename]) {
      expect(await succeeds(`cat '${path}'`)).toBe(!holds.get('own_files'));
    }
  });

  it('writes its output, and nowhere else', async () => {
    const output_path = join(folder, 'output.bin');
    const before = await readdir(folder);
    expect(await printed('echo written > "$named" && echo done', [`file:${output_path}`])).toBe('done');
    for (const target of [join(folder, 'stray'), input_path, '/etc/stray', '/usr/stray']) {
      if (!holds.get('own_files')) break;
      const args = ['-i', `file:${input_path}`];
      expect(await succeeds(`echo x >> '${target}'`, args)).toBe(false);
    }
    const strays = (await readdir(folder)).filter((name) => !before.includes(name));
    expect(strays.filter((name) => !name.startsWith('program-'))).toEqual(['output.bin']);
  });

  it('is another user without privileges where that holds', async () => {
    expect((await printed('id -u')) !== String(process.getuid!())).toBe(holds.get('own_user'));
    if (!holds.get('no_privileges')) return;
    for (const command of ['chown 1 /dev/shm', 'mount -t tmpfs none /usr', 'mknod /dev/shm/disk b 8 0']) {
      expect(await succeeds(command)).toBe(false);
    }
  });

  it('sees no other process', async () => {
    expect(await succeeds(`kill -0 ${process.pid}`)).toBe(!holds.get('own_files'));
  });

  it('gets no more memory than allowed', async () => {
    const allocating = 'dd if=/dev/zero of=/dev/null bs=5G count=1 2>&1 | grep -q exhausted';
    expect(await succeeds(allocating)).toBe(holds.get('memory'));
  });

  it('makes no file larger than allowed', async () => {
    const args = [`file:${join(folder, 'large.bin')}`];
    expect(await succeeds('truncate -s 40G "$named"', args)).toBe(!holds.get('output_size'));
  });

  it('opens no more files than allowed', async () => {
    const opening = 'for n in {1..300}; do exec {fd}</dev/null || exit 1; done';
    expect(await succeeds(`( ${opening} )`)).toBe(!holds.get('open_files'));
  });

  it('has its processor time counted by the kernel', async () => {
    expect((await printed('ulimit -t')) === '160').toBe(holds.get('processor_time'));
  });

  it('stands back behind everything else', async () => {
    expect(Number(await printed('nice')) > 0).toBe(holds.get('low_priority'));
  });

  it('is ended at its deadline though it spins and ignores every signal', async () => {
    const ffmpeg_path = await hostileTool(`trap '' TERM INT HUP; while :; do :; done`);
    const run = { tool: 'ffmpeg', args: [], deadline_ms: 500, signal: never } as const;
    const running = await startTool(run, { ffmpeg_path });
    await expect(running.finished).rejects.toMatchObject({ code: 'TOOL_TIMEOUT' });
    await expect.poll(() => childrenNamed('ffmpeg')).toEqual([]);
  });

  it('does not outlive the process that started it', async () => {
    const ffmpeg_path = await hostileTool('echo started; exec -a orphan sleep 600');
    const is_alive = await orphanedTool(ffmpeg_path);
    if (holds.get('ends_with_parent')) await expect.poll(is_alive, { timeout: 10_000 }).toBe(false);
  });
});
