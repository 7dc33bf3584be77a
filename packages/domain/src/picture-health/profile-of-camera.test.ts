import { describe, expect, it } from 'vitest';
import { profileOfCamera } from './profile-of-camera.ts';

const stream = (token: string, source_token: string) => ({ token, source_token });
const TWO = [stream('a', 'ch1'), stream('b', 'ch1'), stream('c', 'ch2')];

describe('the stream of a camera', () => {
  it('is the first of its channel', () => {
    expect(profileOfCamera({ source_token: 'ch2' }, TWO)?.token).toBe('c');
    expect(profileOfCamera({ source_token: 'ch3' }, TWO)).toBeUndefined();
  });

  it('is that of the only lens where the camera names no channel, and none of several', () => {
    expect(profileOfCamera({ source_token: null }, TWO.slice(0, 2))?.token).toBe('a');
    expect(profileOfCamera({ source_token: null }, [stream('e', ''), ...TWO.slice(2)])?.token).toBe('c');
    expect(profileOfCamera({ source_token: null }, [stream('e', '')])?.token).toBe('e');
    expect(profileOfCamera({ source_token: null }, TWO)).toBeUndefined();
  });
});
