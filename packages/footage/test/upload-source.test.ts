import type { FootageEvent, MediaFile } from '@minhchung/domain';
import { describe, expect, it } from 'vitest';
import { createUploadSource } from '../src/index.ts';
import { writtenFile } from './written-file.ts';

const SIGNAL = new AbortController().signal;

/** What comes out of two files handed in, the second declared to begin at `second_ms`. */
async function eventsOf(first: MediaFile, second_ms: number): Promise<FootageEvent[]> {
  const second = writtenFile('K0 P40 P80');
  const source = createUploadSource({
    files: [
      { name: 'b', start_ms: second_ms, path: async () => '/b' },
      { name: 'a', start_ms: 0, path: async () => '/a' },
    ],
    time_resolution_ms: 1,
    reader: { open: async (path) => (path === '/a' ? first : second), mayHaveSound: async () => false },
  });
  const events: FootageEvent[] = [];
  for await (const event of source.read({ start_ms: 0, end_ms: 1_000 }, SIGNAL)) events.push(event);
  return events;
}

const kinds = (events: readonly FootageEvent[]) => events.map(({ type }) => type);
const times = (events: readonly FootageEvent[]) =>
  events.flatMap((event) => (event.type === 'packet' ? [event.packet.device_time_us / 1000] : []));

describe('files handed in one after the other', () => {
  it('are one recording where only the guess for a last picture reaches into the next', async () => {
    const events = await eventsOf(writtenFile('K0 P40 P80', 100), 120);
    expect(kinds(events)).not.toContain('discontinuity');
    expect(times(events)).toEqual([0, 40, 80, 120, 160, 200]);
  });

  it('are not joined over what lies between them', async () => {
    const events = await eventsOf(writtenFile('K0 P40 P80', 40), 900);
    expect(kinds(events)).toContain('discontinuity');
  });

  it('are not joined where pictures themselves lie in the next', async () => {
    const events = await eventsOf(writtenFile('K0 P40 P80 P140', 40), 120);
    expect(kinds(events)).toContain('discontinuity');
  });
});
