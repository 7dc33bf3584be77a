import type { RecordingInformation } from '@minhchung/domain';
import type { SeenChannel } from '@minhchung/store';
import { CHANNEL_TEXT_CHARS_MAX, CHANNELS_PER_RECORDER_MAX } from '../limits.ts';

/**
 * The channels a recorder told of with its recordings, one for each source, in order of token. What a device cannot
 * mean (no token, one without end) and what is more than a recorder has is left out.
 */
export function channelsOf(recordings: readonly RecordingInformation[]): SeenChannel[] {
  const channels = new Map<string, SeenChannel>();
  for (const { source_token, source_name } of recordings) {
    if (source_token === '' || source_token.length > CHANNEL_TEXT_CHARS_MAX) continue;
    const name = source_name.trim().slice(0, CHANNEL_TEXT_CHARS_MAX) || null;
    if (name !== null || !channels.has(source_token)) channels.set(source_token, { source_token, name });
  }
  const in_order = [...channels.values()].sort((a, b) => (a.source_token < b.source_token ? -1 : 1));
  return in_order.slice(0, CHANNELS_PER_RECORDER_MAX);
}

/** Equal for equal channels, whatever the order in which the device tells of them. */
export function channelsKey(channels: readonly SeenChannel[]): string {
  return JSON.stringify(channels.map(({ source_token, name }) => [source_token, name]));
}
