import type { SeenChannel } from '@minhchung/store';
import { PROBED_CHANNEL_TEXT_CHARS_MAX } from '../limits.ts';
import type { ProbedChannel } from './report.ts';

/**
 * The channels of a registered recorder as its trial brought them to light. A trial that reached no channel tells of
 * none, and what is known stays. A channel whose only name is its token has none.
 */
export function toldChannels(channels: readonly ProbedChannel[]): SeenChannel[] {
  return channels
    .filter(({ source_token }) => source_token !== '' && source_token.length <= PROBED_CHANNEL_TEXT_CHARS_MAX)
    .map(({ source_token, name }) => ({
      source_token,
      name: name === source_token ? null : name.slice(0, PROBED_CHANNEL_TEXT_CHARS_MAX),
    }));
}
