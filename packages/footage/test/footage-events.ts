import type { FootageEvent, FootageSource, MediaPacket, Span } from '@minhchung/domain';

/** Everything a source gives of a span. */
export async function readAll(source: FootageSource, span: Span): Promise<FootageEvent[]> {
  const events: FootageEvent[] = [];
  for await (const event of source.read(span, new AbortController().signal)) events.push(event);
  return events;
}

export const packetsOf = (events: readonly FootageEvent[]): MediaPacket[] =>
  events.flatMap((event) => (event.type === 'packet' ? [event.packet] : []));

export const breaksIn = (events: readonly FootageEvent[]): number =>
  events.filter(({ type }) => type === 'discontinuity').length;
