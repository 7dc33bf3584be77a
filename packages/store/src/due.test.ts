import { LIMITS } from '@minhchung/domain';
import { expect, it } from 'vitest';
import { dueAt } from './due.ts';

const ITEM = {
  overwrite_at_ms: 5_000_000,
  wanted_end_ms: 900_000,
  is_urgent: false,
  submitted_at_ms: 1_000_000,
};

it('an item is due before its footage is overwritten', () => {
  expect(dueAt(ITEM)).toBe(5_000_000);
});

it('an item of an unknown recorder is due when footage is usually gone', () => {
  expect(dueAt({ ...ITEM, overwrite_at_ms: null })).toBe(900_000 + LIMITS.retention_assumed_ms);
});

it('an urgent item is due soon after it was asked for, unless its footage goes sooner still', () => {
  expect(dueAt({ ...ITEM, is_urgent: true })).toBe(1_000_000 + LIMITS.urgent_target_ms);
  expect(dueAt({ ...ITEM, is_urgent: true, overwrite_at_ms: 1_000_001 })).toBe(1_000_001);
});
