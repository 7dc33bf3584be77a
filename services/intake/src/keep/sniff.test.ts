import { describe, expect, it } from 'vitest';
import { nameDiffers, sniff } from './sniff.ts';

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');

describe('the kind of a file, by its content', () => {
  it.each([
    ['an MP4', hex('00000018 66747970 6d703432'), 'video/mp4', true],
    ['a fragment of an MP4', hex('00000018 73747970 6d736468'), 'video/mp4', true],
    ['a Matroska file', hex('1a45dfa3 01000000'), 'video/x-matroska', true],
    ['an AVI', Buffer.from('RIFF\x10\x00\x00\x00AVI LIST', 'latin1'), 'video/x-msvideo', true],
    ['a program stream', hex('000001ba 44000400'), 'video/mpeg', true],
    ['a Dahua export', Buffer.from('DHAV\xfd\x00\x00\x00', 'latin1'), 'video/x-dahua', true],
    ['a Hikvision export', Buffer.from('IMKH\x01\x02\x00\x00', 'latin1'), 'video/x-hikvision', true],
    ['a playlist', Buffer.from('#EXTM3U\nfile:///etc/passwd\n'), 'text/plain', false],
    ['a concat script', Buffer.from('ffconcat version 1.0\nfile x\n'), 'text/plain', false],
    ['a ZIP', hex('504b0304 14000000'), 'application/zip', false],
    ['a PDF', Buffer.from('%PDF-1.7\n'), 'application/pdf', false],
    ['a Windows program', hex('4d5a9000 03000000'), 'application/vnd.microsoft.portable-executable', false],
    ['a Linux program', hex('7f454c46 02010100'), 'application/x-executable', false],
    ['a still picture', hex('ffd8ffe0 00104a46'), 'image/jpeg', false],
    ['anything else', hex('9f3b00c1 88'), 'unknown', false],
    ['nothing at all', Buffer.alloc(0), 'unknown', false],
  ] as const)('%s', (_what, head, media_type, is_footage) => {
    expect(sniff(head)).toMatchObject({ media_type, is_footage });
  });

  it('a transport stream shows its sync bytes again and again, not once', () => {
    const packets = Buffer.alloc(188 * 5);
    for (let at = 0; at < packets.length; at += 188) packets[at] = 0x47;
    expect(sniff(packets).media_type).toBe('video/mp2t');
    packets[188 * 3] = 0;
    expect(sniff(packets).media_type).toBe('unknown');
  });

  it('a name differs when its ending is that of another kind', () => {
    const mp4 = sniff(hex('00000018 66747970 6d703432'));
    expect([nameDiffers('a.MP4', mp4), nameDiffers('a.exe', mp4), nameDiffers('a', mp4)]).toEqual([
      false,
      true,
      false,
    ]);
  });
});
