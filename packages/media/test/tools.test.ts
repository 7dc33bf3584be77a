import { mkdtemp, readFile, readlink, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDerivativeMaker, createMediaReader, describeSandbox } from '../src/index.ts';
import { childrenNamed } from './support/children.ts';
import { never } from './support/cut-file.ts';
import { makeSample } from './support/samples.ts';

let folder: string;
let master_path: string;
/** Large enough that ffmpeg is still waiting for its reader while a test looks at it. */
let long_path: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'media-tools-'));
  master_path = await makeSample(join(folder, 'master.mp4'), { seconds: 20 });
  long_path = await makeSample(join(folder, 'long.avi'), { seconds: 20, b_frames: 0 });
});
afterAll(() => rm(folder, { recursive: true }));

function request(signal: AbortSignal) {
  const output_path = join(folder, 'output.mp4');
  return { master_path, output_path, from_us: 0, to_us: 60_000_000, signal };
}

describe('media tools', () => {
  it('are named, with what to install, when they are missing', async () => {
    const maker = createDerivativeMaker({ ffmpeg_path: '/nonexistent/ffmpeg' });
    const missing = { code: 'TOOL_MISSING', details: { tool: 'ffmpeg', hint: 'apt-get install ffmpeg' } };
    await expect(maker.playable(request(never))).rejects.toMatchObject(missing);
    await expect(maker.versions()).rejects.toMatchObject(missing);
    const stills = [{ at_us: 0, label: '' }];
    const output_path = join(folder, 'sheet.jpg');
    const sheet = maker.contactSheet({ master_path, output_path, stills, signal: never });
    await expect(sheet).rejects.toMatchObject(missing);
  });

  it('are asked for only by containers that need them', async () => {
    const reader = createMediaReader({ ffprobe_path: '/nonexistent/ffprobe' });
    await (await reader.open(master_path, never)).close();
    await expect(reader.open(long_path, never)).rejects.toMatchObject({ code: 'TOOL_MISSING' });
  });

  it('state their versions', async () => {
    const versions = await createDerivativeMaker().versions();
    expect(versions.ffmpeg).toMatch(/^\d+\.\d+/);
    expect(versions.sharp).toMatch(/^\d+\.\d+/);
  });

  it('are asked for their version again only when the program is another file', async () => {
    const program = join(folder, 'ffmpeg-of-the-test');
    const put = async (version: string) => {
      await writeFile(`${program}.new`, `#!/bin/sh\necho "ffmpeg version ${version} of a test"\n`, {
        mode: 0o755,
      });
      await rename(`${program}.new`, program);
    };
    const maker = createDerivativeMaker({ ffmpeg_path: program });
    await put('1.0');
    expect((await maker.versions()).ffmpeg).toBe('1.0');
    const known = await maker.versions();
    expect(await maker.versions()).toBe(known);
    await put('2.0');
    expect((await maker.versions()).ffmpeg).toBe('2.0');
    await rm(program);
    await expect(maker.versions()).rejects.toMatchObject({ code: 'TOOL_MISSING' });
  });

  it('are stopped at their deadline', async () => {
    const maker = createDerivativeMaker({ deadline_ms: 1 });
    await expect(maker.playable(request(never))).rejects.toMatchObject({
      code: 'TOOL_TIMEOUT',
      details: { deadline_ms: 1 },
    });
    expect(await childrenNamed('ffmpeg')).toEqual([]);
  });

  it('are stopped when cancelled, and leave no process behind', async () => {
    const controller = new AbortController();
    const making = createDerivativeMaker().playable(request(controller.signal));
    await expect.poll(() => childrenNamed('ffmpeg'), { timeout: 10_000, interval: 5 }).toHaveLength(1);
    controller.abort();
    await expect(making).rejects.toMatchObject({ code: 'CANCELLED' });
    await expect.poll(() => childrenNamed('ffmpeg')).toEqual([]);
  });

  it('are not started at all for a caller that has given up', async () => {
    const controller = new AbortController();
    controller.abort();
    const making = createDerivativeMaker().playable(request(controller.signal));
    await expect(making).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('say why they failed, without the folders of this machine', async () => {
    const broken = join(folder, 'broken.mp4');
    await writeFile(broken, 'no video');
    const making = createDerivativeMaker().playable({ ...request(never), master_path: broken });
    const error = await making.then(
      () => null,
      (reason: { code: string; message: string }) => reason,
    );
    expect(error).toMatchObject({ code: 'TOOL_FAILED' });
    expect(error!.message).toContain('broken.mp4');
    expect(error!.message).not.toContain(folder);
  });

  it('end when nobody reads on', async () => {
    const file = await createMediaReader().open(long_path, never);
    for await (const _packet of file.packetsFrom(0, never)) break;
    await expect.poll(() => childrenNamed('ffmpeg')).toEqual([]);
    await expect.poll(() => childrenNamed('ffprobe')).toEqual([]);
  });
});

describe('the sandbox', () => {
  it('holds around a running tool what it says it holds', async () => {
    const report = await describeSandbox();
    const holds = new Map(report.map(({ limit, holds }) => [limit, holds]));
    const file = await createMediaReader().open(long_path, never);
    const packets = file.packetsFrom(0, never)[Symbol.asyncIterator]();
    await packets.next();
    await packets.next();
    const [pid] = await childrenNamed('ffmpeg');
    const limits = await readFile(`/proc/${pid}/limits`, 'utf8');
    const own_network = await readlink('/proc/self/ns/net');
    expect((await readlink(`/proc/${pid}/ns/net`)) !== own_network).toBe(holds.get('no_network'));
    expect(/Max address space +\d/.test(limits)).toBe(holds.get('memory'));
    expect(/Max cpu time +\d/.test(limits)).toBe(holds.get('processor_time'));
    expect(/Max file size +\d/.test(limits)).toBe(holds.get('output_size'));
    const environment = (await readFile(`/proc/${pid}/environ`, 'utf8')).split('\0').filter(Boolean);
    // bubblewrap says where the tool stands: in its own root.
    const names = environment.filter((entry) => entry !== 'PWD=/').map((entry) => entry.split('=')[0]);
    expect(names.sort()).toEqual(['AV_LOG_FORCE_NOCOLOR', 'LC_ALL', 'PATH']);
    await packets.return!();
  });

  it('names every limit, held or not', async () => {
    const limits = (await describeSandbox()).map(({ limit }) => limit);
    expect(new Set(limits).size).toBe(10);
  });
});
