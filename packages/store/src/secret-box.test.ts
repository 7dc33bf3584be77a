import { createCipheriv } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { secretBox } from './secret-box.ts';

const box = secretBox(new Uint8Array(32).fill(1));
const unreadable = { code: 'SECRET_UNREADABLE' };

describe('a sealed secret', () => {
  it('opens for the purpose and subject it was sealed for', () => {
    const sealed = box.seal('device', 'recorder-1', 'mật khẩu');
    expect(box.open('device', 'recorder-1', sealed)).toBe('mật khẩu');
    expect(sealed).toMatch(/^v2\.[0-9a-f]{16}\.[\w-]+$/);
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
    const bytes = Buffer.from(sealed.split('.')[2]!, 'base64url');
    for (let i = 0; i < bytes.length; i += 1) {
      const changed = Buffer.from(bytes);
      changed[i]! ^= 1;
      const text = `${sealed.slice(0, sealed.lastIndexOf('.'))}.${changed.toString('base64url')}`;
      expect(() => box.open('device', 'recorder-1', text)).toThrow(expect.objectContaining(unreadable));
    }
    for (const text of ['', 'v1.', 'v2.AAAA', sealed.slice(0, -4), `${sealed}.x`]) {
      expect(() => box.open('device', 'recorder-1', text)).toThrow(expect.objectContaining(unreadable));
    }
  });

  it('opens with every key of the ring, and is sealed with the first', () => {
    const other = secretBox([new Uint8Array(32).fill(2), new Uint8Array(32).fill(1)]);
    expect(other.open('device', 'r', box.seal('device', 'r', 'x'))).toBe('x');
    expect(() => box.open('device', 'r', other.seal('device', 'r', 'x'))).toThrow();
  });

  it('of the time before keys had names opens still', () => {
    const nonce = Buffer.alloc(12, 3);
    const cipher = createCipheriv('aes-256-gcm', new Uint8Array(32).fill(1), nonce, { authTagLength: 16 });
    cipher.setAAD(Buffer.from(JSON.stringify(['v1', 'device', 'r'])));
    const text = Buffer.concat([cipher.update('cũ'), cipher.final()]);
    const sealed = `v1.${Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64url')}`;
    expect(box.open('device', 'r', sealed)).toBe('cũ');
    expect(() => box.open('device', 's', sealed)).toThrow(expect.objectContaining(unreadable));
  });

  it('never looks the same twice', () => {
    const seals = new Set(Array.from({ length: 50 }, () => box.seal('device', 'recorder-1', 'x')));
    expect(seals.size).toBe(50);
  });
});
