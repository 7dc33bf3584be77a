import type { Agreement, ExtractionAssignment } from '@minhchung/domain';
import { describe, expect, it } from 'vitest';
import { checkAgreement } from './check-agreement.ts';

const NOW = 1_800_000_000_000;
const AUTOMATIC: Agreement = {
  id: 'agreement-1',
  camera_id: 'camera',
  mode: 'automatic',
  purposes: ['incident'],
  hours: null,
  valid_from_ms: NOW - 2000,
  valid_to_ms: null,
  confirmed_at_ms: NOW - 2000,
  notice: null,
  allows_audio: false,
  power_host: null,
  network_host: null,
  withdrawn_at_ms: null,
};

/** An item of a household camera; what the check does not look at is left out. */
function item(agreements: readonly Agreement[], order_reference: string | null = null) {
  return {
    camera: { code: 'HT-H01', kind: 'household' },
    agreements,
    request: { purpose: 'incident' },
    order: order_reference === null ? null : { reference: order_reference },
    approved: { start_ms: NOW - 60_000, end_ms: NOW },
  } as unknown as ExtractionAssignment;
}

describe('the last look at the owner’s agreement', () => {
  it('lets an agreed item through', () => {
    expect(() => checkAgreement(item([AUTOMATIC]), NOW)).not.toThrow();
  });

  it('stops an item whose owner withdrew after the approval', () => {
    const withdrawn = { ...AUTOMATIC, withdrawn_at_ms: NOW - 1000 };
    expect(() => checkAgreement(item([withdrawn]), NOW)).toThrow(
      expect.objectContaining({ code: 'AGREEMENT_WITHDRAWN' }),
    );
  });

  it('stops an item whose owner has asked to be asked since', () => {
    const ask_first: Agreement = {
      ...AUTOMATIC,
      id: 'agreement-2',
      mode: 'ask_first',
      valid_from_ms: NOW - 1000,
    };
    expect(() => checkAgreement(item([AUTOMATIC, ask_first]), NOW)).toThrow(
      expect.objectContaining({ code: 'OWNER_ASKS_FIRST' }),
    );
  });

  it('lets the one item through that an owner who is asked first has accepted', () => {
    const asked = item([{ ...AUTOMATIC, mode: 'ask_first' }]);
    expect(() => checkAgreement({ ...asked, owner_accepted: true }, NOW)).not.toThrow();
    expect(() => checkAgreement({ ...asked, owner_accepted: false }, NOW)).toThrow(
      expect.objectContaining({ code: 'OWNER_ASKS_FIRST' }),
    );
  });

  it('lets a lawful order override the owner', () => {
    expect(() => checkAgreement(item([], 'Lệnh số 12/2026'), NOW)).not.toThrow();
  });
});
