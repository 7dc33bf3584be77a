import { describe, expect, it } from 'vitest';
import { PLAYBACK_PRESETS } from './presets.ts';
import { fillPlaybackTemplate, readPlaybackTemplate } from './template.ts';

const SPAN = {
  start_ms: Date.UTC(2026, 10, 22, 8, 9, 10, 250),
  end_ms: Date.UTC(2026, 10, 22, 8, 9, 20, 250),
};
const fill = (text: string, channel = 3) => fillPlaybackTemplate(readPlaybackTemplate(text), channel, SPAN);

describe('a playback template', () => {
  it.each([
    [PLAYBACK_PRESETS.hikvision, '/Streaming/tracks/301?starttime=20261122T080910Z&endtime=20261122T080921Z'],
    [
      PLAYBACK_PRESETS.dahua,
      '/cam/playback?channel=3&starttime=2026_11_22_08_09_10&endtime=2026_11_22_08_09_21',
    ],
    [PLAYBACK_PRESETS.uniview, '/c3/b1795334950/e1795334961/replay/'],
    [
      '/mod.sdp?stime={start:compact_ms}&etime={end:compact_ms}',
      '/mod.sdp?stime=20261122_080910.250&etime=20261122_080920.250',
    ],
    ['/p/{channel:2}?s={start:iso_z}', '/p/03?s=2026-11-22T08:09:10Z'],
    ['/r?ch={channel}&start={start:compact}', '/r?ch=3&start=20261122080910'],
    ['/r/{start:unix_ms}', '/r/1795334950250'],
  ])('%s is filled, whole seconds outward', (text, filled) => {
    expect(fill(text)).toBe(filled);
  });

  it.each([
    ['a host', 'rtsp://10.0.0.1/x?s={start:unix_s}'],
    ['a host in disguise', '//10.0.0.1/x?s={start:unix_s}'],
    ['an account', '/admin:pass@x?s={start:unix_s}'],
    ['an unknown name', '/x?s={start:unix_s}&u={user}'],
    ['a name of the language it is written in', '/x?s={start:unix_s}&u={constructor}'],
    ['an unknown form', '/x?s={start:swatch}'],
    ['a form of too many parts', '/x?s={start:unix_s:2}'],
    ['a brace left open', '/x?s={start:unix_s}&e={'],
    ['braces within braces', '/x?s={{start:unix_s}}'],
    ['a line end', '/x?s={start:unix_s}\r\nSession: 1'],
    ['a blank', '/x y?s={start:unix_s}'],
    ['no start', '/x?c={channel}'],
    ['two forms', '/x?s={start:unix_s}&e={end:unix_ms}'],
    ['more than an address', `/${'x'.repeat(300)}{start:unix_s}`],
    ['a channel of too many digits', '/x{channel:9}?s={start:unix_s}'],
  ])('with %s is refused', (_what, text) => {
    expect(() => readPlaybackTemplate(text)).toThrow(
      expect.objectContaining({ code: 'PLAYBACK_TEMPLATE_INVALID' }),
    );
  });
});
