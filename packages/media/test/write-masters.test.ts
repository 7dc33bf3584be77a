import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FootageEvent, MediaFile } from '@minhchung/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMediaReader, writeMasters } from '../src/index.ts';
import { footageOf, never, ZERO_MS } from './support/cut-file.ts';
import { readForeign } from './support/foreign-reader.ts';
import { memoryArchive } from './support/memory-archive.ts';
import { makeSample } from './support/samples.ts';

const WHOLE = { start_ms: ZERO_MS, end_ms: ZERO_MS + 60_000 };
const SIGNED_VIDEO_SEI = Buffer.from('00000014060510005bc93f2d715e95ada4796f90877a6f80', 'hex');

let folder: string;
let file: MediaFile;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'media-write-'));
  file = await createMediaReader().open(await makeSample(join(folder, 'source.mp4')), never);
});
afterAll(async () => {
  await file.close();
  await rm(folder, { recursive: true });
});

/** The sample's events, with something done in between. */
async function* eventsWith(change: (event: FootageEvent, index: number) => FootageEvent[]) {
  let index = 0;
  for await (const event of footageOf(file)) yield* change(event, index++);
}

describe('writing masters', () => {
  it('commits each master with the hash of its bytes, and says how far it has come', async () => {
    const archive = memoryArchive();
    const progress: number[] = [];
    const { masters } = await writeMasters({
      events: eventsWith((event, index) => (index === 51 ? [{ type: 'discontinuity' }, event] : [event])),
      device_span: WHOLE,
      openSink: archive.openSink,
      signal: never,
      on_progress: ({ bytes_written }) => progress.push(bytes_written),
    });
    expect(masters.map((master) => master.index)).toEqual([0, 1]);
    expect(archive.objects.map((object) => object.state)).toEqual(['committed', 'committed']);
    for (const [index, { bytes }] of archive.objects.entries()) {
      expect(masters[index]!.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
      expect(masters[index]!.size_bytes).toBe(bytes.length);
    }
    expect(progress).toHaveLength(4);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
  });

  it('aborts the object being written when the source fails, and passes the failure on', async () => {
    const archive = memoryArchive();
    const broken = new Error('the source broke');
    const events = eventsWith((event, index) => {
      if (index === 30) throw broken;
      return [event];
    });
    const writing = writeMasters({ events, device_span: WHOLE, openSink: archive.openSink, signal: never });
    await expect(writing).rejects.toBe(broken);
    expect(archive.objects.map((object) => object.state)).toEqual(['aborted']);
  });

  it('aborts the object being written when cancelled, and lets the source go', async () => {
    const archive = memoryArchive();
    const controller = new AbortController();
    let source_closed = false;
    async function* events() {
      try {
        yield* eventsWith((event, index) => {
          if (index === 30) controller.abort();
          return [event];
        });
      } finally {
        source_closed = true;
      }
    }
    const writing = writeMasters({
      events: events(),
      device_span: WHOLE,
      openSink: archive.openSink,
      signal: controller.signal,
    });
    await expect(writing).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(archive.objects.map((object) => object.state)).toEqual(['aborted']);
    expect(source_closed).toBe(true);
  });

  it('opens no object when nothing wanted is found', async () => {
    const archive = memoryArchive();
    const device_span = { start_ms: ZERO_MS + 60_000, end_ms: ZERO_MS + 70_000 };
    const result = await writeMasters({
      events: footageOf(file),
      device_span,
      openSink: archive.openSink,
      signal: never,
    });
    expect(result.masters).toEqual([]);
    expect(archive.objects).toEqual([]);
  });

  it('reports signatures of ONVIF Media Signing and keeps them', async () => {
    const archive = memoryArchive();
    const { masters } = await writeMasters({
      events: eventsWith((event, index) => {
        if (event.type !== 'packet' || index !== 10) return [event];
        const data = Buffer.concat([SIGNED_VIDEO_SEI, event.packet.data]);
        return [{ type: 'packet', packet: { ...event.packet, data } }];
      }),
      device_span: WHOLE,
      openSink: archive.openSink,
      signal: never,
    });
    expect(masters[0]!.signed_video_sei).toBe(true);
    expect(archive.objects[0]!.bytes.includes(SIGNED_VIDEO_SEI)).toBe(true);
  });

  it('reports no signatures where there are none', async () => {
    const archive = memoryArchive();
    const { masters } = await writeMasters({
      events: footageOf(file),
      device_span: WHOLE,
      openSink: archive.openSink,
      signal: never,
    });
    expect(masters[0]).toMatchObject({ signed_video_sei: false, open_gop: false });
  });

  it('accepts a box appended at the end of a master', async () => {
    const archive = memoryArchive();
    await writeMasters({
      events: footageOf(file),
      device_span: WHOLE,
      openSink: archive.openSink,
      signal: never,
    });
    const box = Buffer.from('00000010 6d657461 00000000 00000000'.replaceAll(' ', ''), 'hex');
    const path = join(folder, 'appended.mp4');
    await writeFile(path, Buffer.concat([archive.objects[0]!.bytes, box]));
    expect(await readForeign(path)).toHaveLength(100);
  });
});
