import { type ErrorCode, isCoded } from '@minhchung/domain';
import { describe, expect, it } from 'vitest';
import { calibrated, readSpan, sourceOf, vendorBench } from './bench.ts';

const HOUR_MS = 3_600_000;
const SIGNAL = new AbortController().signal;
const bench = vendorBench();

/** The error a promise ends with. */
async function refusalOf(promise: Promise<unknown>): Promise<ErrorCode | 'none'> {
  try {
    await promise;
    return 'none';
  } catch (error) {
    if (isCoded(error)) return error.code;
    throw error;
  }
}

describe('calibration refuses to guess', () => {
  it.each([
    ['sends no times', { sends: 'none' }],
    ['sends the time of sending', { sends: 'rtcp_of_now' }],
    ['hands back the time it was asked for', { sends: 'rtcp_of_question' }],
  ] as const)('of a recorder that %s: a person must read its pictures', async (_what, options) => {
    const recorder = await bench.start({ vendor: 'hikvision', reads: 'local', ...options });
    expect(await refusalOf(calibrated(recorder))).toBe('CALIBRATION_NEEDS_READING');
  });

  it('of one that stopped recording hours ago', async () => {
    const stopped_at_true_ms = Date.now() - 3 * HOUR_MS;
    const recorder = await bench.start({ vendor: 'dahua', reads: 'local', stopped_at_true_ms });
    expect(await refusalOf(calibrated(recorder))).toBe('CALIBRATION_AMBIGUOUS');
  });

  it('of one that counts in a zone nobody named, until somebody reads it off its menu', async () => {
    const recorder = await bench.start({ vendor: 'dahua', reads: 'local', stamps: 'local', zone_min: 330 });
    expect(await refusalOf(calibrated(recorder))).toBe('CALIBRATION_AMBIGUOUS');
    expect(await calibrated(recorder, { stated_zone_min: 330 })).toMatchObject({ zone_offset_min: 330 });
  });

  it('of one whose hole makes a wrong meaning fit as well', async () => {
    // What UTC calls the next minutes is seven hours ago to it, and lost.
    const now_ms = Date.now();
    const holes = [{ start_ms: now_ms - 7 * HOUR_MS + 60_000, end_ms: now_ms - 7 * HOUR_MS + 10 * 60_000 }];
    const recorder = await bench.start({ vendor: 'hikvision', reads: 'local', stamps: 'local', holes });
    expect(await refusalOf(calibrated(recorder))).toBe('CALIBRATION_AMBIGUOUS');
  });

  it('of one that ignores the start it is asked for', async () => {
    const recorder = await bench.start({
      vendor: 'hikvision',
      reads: 'utc',
      quirks: { starts_ignored: true },
    });
    expect(['CALIBRATION_AMBIGUOUS', 'CALIBRATION_NEEDS_READING']).toContain(
      await refusalOf(calibrated(recorder)),
    );
  });

  it('of one that holds an hour only', async () => {
    const recorder = await bench.start({ vendor: 'uniview', reads: 'utc', days: 1 / 24 });
    expect(await refusalOf(calibrated(recorder))).toBe('CALIBRATION_TOO_LITTLE_RECORDED');
  });

  it('of one that answers no more, without calling that an answer', async () => {
    const recorder = await bench.start({ vendor: 'uniview', reads: 'utc' });
    await recorder.close();
    expect(await refusalOf(calibrated(recorder))).toBe('SOURCE_UNREACHABLE');
  });

  it('of one that has no session to spare', async () => {
    const recorder = await bench.start({ vendor: 'uniview', reads: 'utc', quirks: { sessions_max: 0 } });
    expect(await refusalOf(calibrated(recorder))).toBe('SOURCE_UNREACHABLE');
  });

  it('of one that refuses the account, after asking once', async () => {
    const recorder = await bench.start({ vendor: 'uniview', reads: 'utc' });
    recorder.credentials.setPassword('khac');
    expect(await refusalOf(calibrated(recorder))).toBe('SOURCE_REFUSED');
    expect(recorder.credentials.refusal_count).toBe(1);
  });
});

describe('calibration sees through quirks', () => {
  it.each([
    ['ignores the end', { ends_ignored: true }, { honours_end: false }],
    ['begins at the next keyframe', { start: 'keyframe_after' }, { start_rule: 'keyframe_after' }],
    ['says 454 of what it does not hold', { nothing: 'rtsp_454' }, { nothing_answer: 'rtsp_454' }],
    ['ends at once where it holds nothing', { nothing: 'ended_empty' }, { nothing_answer: 'ended_empty' }],
    ['plays the nearest it holds', { nothing: 'nearest' }, { nothing_answer: null }],
  ] as const)('of a recorder that %s', async (_what, quirks, expected) => {
    const recorder = await bench.start({ vendor: 'hikvision', reads: 'local', stamps: 'local', quirks });
    expect(await calibrated(recorder)).toMatchObject({
      ...{ semantics: 'local_written_as_utc', zone_offset_min: 420, frame_times: 'stamped' },
      ...expected,
    });
  });
});

describe('nothing is taken', () => {
  it('from a recorder that was never calibrated, or whose finding is stale', async () => {
    const recorder = await bench.start({ vendor: 'uniview', reads: 'utc' });
    expect(() => sourceOf(recorder, null)).toThrow(
      expect.objectContaining({ code: 'PLAYBACK_NOT_CALIBRATED' }),
    );
    const stale = { reason: 'firmware_changed', since_ms: 1 } as const;
    const finding = { ...(await calibrated(recorder)), stale };
    expect(() => sourceOf(recorder, finding)).toThrow(
      expect.objectContaining({ code: 'PLAYBACK_FINDING_STALE' }),
    );
  });
});

describe('what a recorder holds', () => {
  const dayBefore = () => {
    const start_ms = Math.floor(Date.now() / 1_000) * 1_000 - 26 * HOUR_MS;
    return { start_ms, end_ms: start_ms + 60_000 };
  };

  it('is nothing where it says so as it says it of the future, and still plays what was just recorded', async () => {
    const wanted = dayBefore();
    const holes = [{ start_ms: wanted.start_ms - 60_000, end_ms: wanted.end_ms + 60_000 }];
    const recorder = await bench.start({ vendor: 'uniview', reads: 'utc' });
    const finding = await calibrated(recorder);
    recorder.model.lose(holes[0]!);
    const source = sourceOf(recorder, finding);
    expect(await source.holdings(wanted, SIGNAL)).toEqual({ spans: [], retained: null });
  });

  it('is unknown where it answers in another way than it did of the future', async () => {
    const wanted = dayBefore();
    const recorder = await bench.start({ vendor: 'uniview', reads: 'utc' });
    const finding = await calibrated(recorder);
    recorder.model.lose({ start_ms: wanted.start_ms - 60_000, end_ms: wanted.end_ms + 60_000 });
    recorder.quirks.nothing = 'ended_empty';
    expect(await refusalOf(sourceOf(recorder, finding).holdings(wanted, SIGNAL))).toBe(
      'PLAYBACK_NOTHING_CAME',
    );
  });

  it('is unknown where it plays nothing of the present either', async () => {
    const wanted = dayBefore();
    const recorder = await bench.start({ vendor: 'uniview', reads: 'utc' });
    const finding = await calibrated(recorder);
    recorder.model.lose({ start_ms: 0, end_ms: Number.MAX_SAFE_INTEGER });
    expect(await refusalOf(sourceOf(recorder, finding).holdings(wanted, SIGNAL))).toBe(
      'PLAYBACK_NOTHING_CAME',
    );
  });

  it('is unknown while it cannot be reached', async () => {
    const recorder = await bench.start({ vendor: 'uniview', reads: 'utc' });
    const finding = await calibrated(recorder);
    await recorder.close();
    const source = sourceOf(recorder, finding);
    expect(await refusalOf(source.holdings(dayBefore(), SIGNAL))).toBe('SOURCE_UNREACHABLE');
  });
});

describe('frames whose times became doubtful', () => {
  it('are refused where stamps and RTP time part over a hole', async () => {
    const footage = await bench.footage();
    const start_ms = footage.frames[0]!.true_time_ms;
    const quirks = { rtp_closes_holes: true };
    const recorder = await bench.start({ vendor: 'uniview', reads: 'utc', quirks });
    const finding = await calibrated(recorder);
    recorder.model.lose({ start_ms: start_ms + 8_000, end_ms: start_ms + 12_000 });
    const span = { start_ms: start_ms + 5_000, end_ms: start_ms + 15_000 };
    expect(await refusalOf(readSpan(sourceOf(recorder, finding), span))).toBe('PLAYBACK_TIMES_DISAGREE');
  });

  it('are refused where the zone of the device was changed meanwhile', async () => {
    const footage = await bench.footage();
    const start_ms = footage.frames[0]!.true_time_ms;
    const recorder = await bench.start({ vendor: 'hikvision', reads: 'local', stamps: 'utc' });
    const finding = await calibrated(recorder);
    recorder.model.zone_min = 480;
    const span = { start_ms: start_ms + 5_000, end_ms: start_ms + 15_000 };
    expect(await refusalOf(readSpan(sourceOf(recorder, finding), span))).toBe('PLAYBACK_TIMES_DISAGREE');
  });
});
