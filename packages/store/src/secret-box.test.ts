import { describe, expect, it } from 'vitest';
import { secretBox } from './secret-box.ts';

const box = secretBox(new Uint8Array(32).fill(1));
const unreadable = { code: 'SECRET_UNREADABLE' };

describe('a sealed secret', () => {
  it('opens for the purpose and subject it was sealed for', () => {
    const sealed = box.seal('device', 'recorder-1', 'mật khẩu');
    expect(box.open('device', 'recorder-1', sealed)).toBe('mật khẩu');
    expect(sealed).toMatch(/^v1\.[\w-]+$/);
  });

  it('opens for no other purpose or subject', () => {
    const sealed = box.seal('device', 'recorder-1', 'x');
    expect(() => box.open('device', 'recorder-2', sealed)).toThrow(expect.objectContaining(unreadable));
    expect(() => box.open('upload', 'recorder-1', sealed)).toThrow(expect.objectContaining(unreadable));
    expect(() => box.open('devicer', 'ecorder-1', sealed)).toThrow(expect.objectContaining(unreadable));
  });

  it('opens with no other key', () => {
    const other = secretBox(new Uint8Array(32).fill(2));
    const sealed = box.seal('device', 'recorder-1', 'x');
    expect(() => other.open('device', 'recorder-1', sealed)).toThrow(expect.objectContaining(unreadable));
  });

  it('does not open after any single change of it', () => {
    const sealed = box.seal('device', 'recorder-1', 'secret');
    const bytes = Buffer.from(sealed.slice(3), 'base64url');
    for (let i = 0; i < bytes.length; i += 1) {
      const changed = Buffer.from(bytes);
      changed[i]! ^= 1;
      const text = `v1.${changed.toString('base64url')}`;
      expect(() => box.open('device', 'recorder-1', text)).toThrow(expect.objectContaining(unreadable));
    }
    for (const text of ['', 'v1.', 'v2.AAAA', sealed.slice(0, -4), `${sealed}.x`]) {
      expect(() => box.open('device', 'recorder-1', text)).toThrow(expect.objectContaining(unreadable));
    }
  });

  it('never looks the same twice', () => {
    const seals = new Set(Array.from({ length: 50 }, () => box.seal('device', 'recorder-1', 'x')));
    expect(seals.size).toBe(50);
  });
});
