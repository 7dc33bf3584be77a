import { CodedError } from '@minhchung/domain';
import { describe, expect, it } from 'vitest';
import { resultOfFailure } from './failure.ts';

const NOW = 1_800_000_000_000;
const POLICY = { attempts_max: 3, delay_ms: 1000, delay_ms_max: 10_000 };
const UNREACHABLE = new CodedError('SOURCE_UNREACHABLE', { address: 'x', reason: 'ECONNREFUSED' });

describe('what a failed attempt means for its item', () => {
  it('lets the item wait while an unreachable source may still hold the footage', () => {
    expect(
      resultOfFailure(UNREACHABLE, { attempt: 9, counted: 9, give_up_at_ms: NOW + 1 }, NOW, POLICY).outcome,
    ).toBe('waiting');
    expect(
      resultOfFailure(UNREACHABLE, { attempt: 9, counted: 9, give_up_at_ms: NOW + 1 }, NOW, POLICY).outcome,
    ).toBe('waiting');
  });

  it('gives it up once the footage must have been overwritten', () => {
    expect(
      resultOfFailure(UNREACHABLE, { attempt: 1, counted: 1, give_up_at_ms: NOW }, NOW, POLICY).outcome,
    ).toBe('not_obtained');
  });

  it('never tries refused credentials again by itself', () => {
    const refused = new CodedError('SOURCE_REFUSED', { address: 'x' });
    expect(
      resultOfFailure(refused, { attempt: 1, counted: 1, give_up_at_ms: NOW + 1 }, NOW, POLICY).outcome,
    ).toBe('failed');
  });

  it('stops when no agreement covers the camera any more', () => {
    expect(
      resultOfFailure(
        new CodedError('AGREEMENT_WITHDRAWN'),
        { attempt: 1, counted: 1, give_up_at_ms: NOW + 1 },
        NOW,
        POLICY,
      ).outcome,
    ).toBe('failed');
  });

  it('tries a broken source again, with growing pauses, and then asks for a person', () => {
    const broken = new CodedError('SOURCE_BROKEN', { address: 'x', reason: 'y' });
    expect(
      resultOfFailure(broken, { attempt: 1, counted: 1, give_up_at_ms: NOW + 1 }, NOW, POLICY),
    ).toMatchObject({
      outcome: 'retry',
      not_before_ms: NOW + 1000,
    });
    expect(
      resultOfFailure(broken, { attempt: 2, counted: 2, give_up_at_ms: NOW + 1 }, NOW, POLICY),
    ).toMatchObject({
      not_before_ms: NOW + 2000,
    });
    expect(
      resultOfFailure(broken, { attempt: 3, counted: 3, give_up_at_ms: NOW + 1 }, NOW, POLICY).outcome,
    ).toBe('failed');
  });

  it('does not count what was tried before a person had it tried again', () => {
    const broken = new CodedError('SOURCE_BROKEN', { address: 'x', reason: 'y' });
    const again = { attempt: 7, counted: 1, give_up_at_ms: NOW + 1 };
    expect(resultOfFailure(broken, again, NOW, POLICY)).toMatchObject({
      ...{ outcome: 'retry', not_before_ms: NOW + 1000 },
    });
  });

  it('never gives up for want of disk space', () => {
    const full = new CodedError('ARCHIVE_FULL', { key: 'x' });
    expect(
      resultOfFailure(full, { attempt: 99, counted: 99, give_up_at_ms: NOW + 1 }, NOW, POLICY),
    ).toMatchObject({
      outcome: 'retry',
      not_before_ms: NOW + 10_000,
    });
  });

  it('does not show the text of an unforeseen error to people', () => {
    const result = resultOfFailure(
      new Error('password=hunter2'),
      { attempt: 1, counted: 1, give_up_at_ms: NOW + 1 },
      NOW,
      POLICY,
    );
    expect(JSON.stringify(result)).not.toContain('hunter2');
    expect(result).toMatchObject({ outcome: 'retry', reason: { code: 'EXTRACTION_FAULT' } });
  });
});
