import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { createHostWatch } from './host-watch.ts';
import type { ClockFinding } from './measure-clock.ts';

const MINUTE = 60_000;
const finding = (stepped: boolean): ClockFinding => ({
  to_save: [],
  stepped,
  readings: 1,
  last_difference_ms: 0,
});

function watched(synchronised = true) {
  const host = { wall: 1_795_334_400_000, monotonic: 5_000, synchronised, asked: 0 };
  const lines: string[] = [];
  const watch = createHostWatch({
    read: async () => {
      host.asked += 1;
      return { synchronised: host.synchronised, bound_ms: 20 };
    },
    wall_ms: () => host.wall,
    monotonic_ms: () => host.monotonic,
    blame: { share_min: 0.3, steps_min: 3 },
    logger: pino({ level: 'info' }, { write: (line: string) => void lines.push(line) }),
  });
  const pass = (ms: number, jump_ms = 0) => {
    host.monotonic += ms;
    host.wall += ms + jump_ms;
  };
  return { host, watch, pass, lines };
}

describe('the watch over this host’s clock', () => {
  it('asks again after a minute, and reports when the synchronisation is lost', async () => {
    const { host, watch, pass, lines } = watched();
    expect((await watch.state()).synchronised).toBe(true);
    pass(MINUTE / 2);
    await watch.state();
    expect(host.asked).toBe(1);
    host.synchronised = false;
    pass(MINUTE);
    expect((await watch.state()).synchronised).toBe(false);
    expect(lines.join()).toContain('not known to be synchronised');
  });

  it('believes nothing for a while after the wall clock jumped, and does after that', async () => {
    const { watch, pass, lines } = watched();
    await watch.state();
    pass(5 * MINUTE, 90_000);
    expect((await watch.state()).synchronised).toBe(false);
    expect(lines.join()).toContain('jumped');
    pass(10 * MINUTE);
    expect((await watch.state()).synchronised).toBe(true);
  });

  it('takes slewing for no jump', async () => {
    const { watch, pass } = watched();
    await watch.state();
    pass(60 * MINUTE, 1_500);
    expect((await watch.state()).synchronised).toBe(true);
  });

  it('blames the host for the steps of many, not for those of few', () => {
    const { watch } = watched();
    const few = watch.begin();
    for (let n = 0; n < 100; n += 1) few.note(finding(n < 5), true);
    expect(watch.judge(few)).toBe(false);
    const many = watch.begin();
    for (let n = 0; n < 100; n += 1) many.note(finding(n < 30), true);
    expect(watch.judge(many)).toBe(true);
  });

  it('counts only clocks that were known and were read', () => {
    const { watch } = watched();
    const sweep = watch.begin();
    for (let n = 0; n < 4; n += 1) sweep.note(finding(true), false);
    for (let n = 0; n < 4; n += 1) sweep.note({ ...finding(true), readings: 0 }, true);
    expect(sweep.counts).toEqual({ known_clocks_read: 0, stepped: 0 });
  });

  it('believes the clocks after several sweeps that agree: the host was wrong before', () => {
    const { watch } = watched();
    const verdicts = Array.from({ length: 4 }, () => {
      const sweep = watch.begin();
      for (let n = 0; n < 10; n += 1) sweep.note(finding(true), true);
      return watch.judge(sweep);
    });
    expect(verdicts).toEqual([true, true, true, false]);
  });
});
