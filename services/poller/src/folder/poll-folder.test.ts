import { CodedError } from '@minhchung/domain';
import type { ClaimedPoll } from '@minhchung/store';
import { describe, expect, it } from 'vitest';
import { cameraStateAfter } from '../camera-state.ts';
import { type FolderFollower, type HeldByFolder, pollFolder } from './poll-folder.ts';
import { Turns } from './turns.ts';

const HELD: HeldByFolder = { earliest_ms: 1_000, latest_ms: 9_000, unchanged_ms: 10 };
const OPEN = new AbortController().signal;
const STALE_MS = 300_000;

const claimed = (...tokens: (string | null)[]) =>
  ({
    recorder: { id: 'r', code: 'R' },
    cameras: tokens.map((source_token) => ({ source_token })),
  }) as unknown as ClaimedPoll;

/** A follower by camera: what it holds, or the error it meets. */
function follower(held: Record<string, HeldByFolder | CodedError>, recalled: HeldByFolder | null = null) {
  const asked: string[] = [];
  const following: FolderFollower & { asked: string[] } = {
    asked,
    async follow(_, token) {
      asked.push(token ?? '');
      const found = held[token ?? '']!;
      if (found instanceof Error) throw found;
      return found;
    },
    recall: async () => recalled,
  };
  return following;
}

const stateOf = async (token: string | null, ...asked: Parameters<typeof pollFolder>) => {
  const { state, reason } = cameraStateAfter(await pollFolder(...asked), token, null, STALE_MS);
  return `${state} ${reason}`;
};

describe('a poll of a folder', () => {
  it('asks once for each camera’s files', async () => {
    const following = follower({ a: HELD, b: HELD });
    const outcome = await pollFolder(claimed('a', 'b', 'a'), following, OPEN);
    expect(following.asked).toEqual(['a', 'b']);
    expect(outcome).toMatchObject({ answered: true, recordings: [{ source_token: 'a', ...HELD }, {}] });
  });

  it.each([
    [{ unchanged_ms: STALE_MS }, 'online ok'],
    [{ unchanged_ms: STALE_MS + 1 }, 'degraded recording_stopped'],
    [{ earliest_ms: null, latest_ms: null }, 'degraded recording_empty'],
  ])('tells by what was seen to grow whether a camera records: %j', async (change, expected) => {
    expect(await stateOf(null, claimed(null), follower({ '': { ...HELD, ...change } }), OPEN)).toBe(expected);
  });

  it.each([
    ['SOURCE_UNREACHABLE', 'offline folder_unreachable'],
    ['FOLDER_NOT_ALLOWED', 'degraded folder_not_allowed'],
    ['SOURCE_BROKEN', 'degraded folder_unlike'],
    ['FOLDER_OF_CAMERA_UNKNOWN', 'degraded folder_unlike'],
  ] as const)('takes %s for a state of its own', async (code, expected) => {
    expect(await stateOf(null, claimed(null), follower({ '': new CodedError(code, {}) }), OPEN)).toBe(
      expected,
    );
  });

  it('lets one camera without files not speak for the others', async () => {
    const following = follower({ a: new CodedError('SOURCE_BROKEN', {}), b: HELD });
    expect(await stateOf('a', claimed('a', 'b'), following, OPEN)).toBe('degraded not_recorded');
    expect(await stateOf('b', claimed('a', 'b'), following, OPEN)).toBe('online ok');
  });

  it('answers from what is known when its time is over, and not at all when nothing is', async () => {
    const over = AbortSignal.abort();
    expect(await stateOf(null, claimed(null), follower({}, HELD), over)).toBe('online ok');
    expect(await stateOf(null, claimed(null), follower({}), over)).toBe('offline timeout');
  });
});

describe('turns', () => {
  it('are taken by so many at once, in order', async () => {
    const turns = new Turns(2);
    let running = 0;
    let most = 0;
    const order: number[] = [];
    const task = (n: number) =>
      turns.take(OPEN, async () => {
        running += 1;
        most = Math.max(most, running);
        order.push(n);
        await new Promise((done) => setImmediate(done));
        running -= 1;
      });
    await Promise.all([0, 1, 2, 3, 4].map(task));
    expect([most, order]).toEqual([2, [0, 1, 2, 3, 4]]);
  });

  it('do not keep a task waiting whose time is over', async () => {
    const turns = new Turns(1);
    const holder = Promise.withResolvers<void>();
    const held = turns.take(OPEN, () => holder.promise);
    const impatient = new AbortController();
    const waiting = turns.take(impatient.signal, async () => 'ran');
    impatient.abort();
    expect(await waiting).toBe('ran');
    holder.resolve();
    await held;
    expect(await turns.take(OPEN, async () => 'free')).toBe('free');
  });
});
