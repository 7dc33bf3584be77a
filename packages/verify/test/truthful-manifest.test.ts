import type { ManifestInput, SearchInput } from '@minhchung/evidence';
import { SAMPLE_OFFSET } from '@minhchung/evidence/testing';
import { verifyPackage } from '@minhchung/verify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setAnytime, setAnytimeHalfHeld, setWithin } from './clock-set.ts';
import { DISPLAY } from './display.ts';
import { createPackageFixture, type PackageFixture } from './package-fixture.ts';

type Change = (input: ManifestInput) => ManifestInput;

let fixture: PackageFixture;

beforeAll(async () => {
  fixture = await createPackageFixture();
});
afterAll(() => fixture.remove());

async function verified(change: Change) {
  const report = await verifyPackage(await fixture.make(change), {
    public_keys: [fixture.signer.public_key],
  });
  expect(report.checks.filter((check) => !check.ok)).toEqual([]);
  return report;
}

function withSearch(input: ManifestInput, change: Partial<SearchInput>): ManifestInput {
  return { ...input, searches: input.searches.map((search) => ({ ...search, ...change })) };
}

describe('a package that says what it does not know', () => {
  it('is right when an urgent item ran before anybody approved, and the report says so', async () => {
    const report = await verified((input) => ({
      ...input,
      request: { ...input.request, is_urgent: true },
      decisions: [],
      approval: null,
    }));
    expect(report.notes.map((note) => note.en).join()).toContain('before anybody approved');
  });

  it('is right when the offset is unknown: then nothing is surely covered', async () => {
    const unknown = {
      offset_min_ms: null,
      offset_max_ms: null,
      basis: 'unknown',
      measured_at_ms: null,
    } as const;
    const report = await verified((input) => withSearch(input, unknown));
    expect(report.package?.outcome).toBe('partial');
    expect(report.notes.map((note) => note.en).join()).toContain('not measured both before and after');
  });

  it('is right when the picture shows a clock of its own, and the report says where it disagrees', async () => {
    const notes = async (change: object) => {
      const report = await verified((input) => ({ ...input, display_clock: { ...DISPLAY, ...change } }));
      return report.notes.map((note) => note.en).join();
    };
    const { offset_min_ms, offset_max_ms } = DISPLAY;
    expect(await notes({})).toContain('The time shown in the picture disagrees');
    const apart_ms = offset_min_ms - SAMPLE_OFFSET.min_ms;
    const near = { offset_min_ms: offset_min_ms - apart_ms, offset_max_ms: offset_max_ms - apart_ms };
    expect(await notes(near)).not.toContain('shown in the picture');
    const unknown = { offset_min_ms: null, offset_max_ms: null, basis: 'unknown', measured_at_ms: null };
    expect(await notes(unknown)).toContain("how far it is from the recorder's is not known");
  });

  it("is right when another ward's camera was decided on by that ward as well", async () => {
    const ward = { id: 'unit-other', name: 'Phường Khác' };
    await verified((input) => ({
      ...input,
      camera: { ...input.camera, unit: ward },
      decisions: [...input.decisions, { ...input.decisions[0]!, unit: ward }],
    }));
  });

  it('is right when the recorder held only the middle of the span', async () => {
    const report = await verified((input) => {
      const { start_ms, end_ms } = input.searches[0]!.device_span;
      const found_device_spans = [{ start_ms: start_ms + 600, end_ms: end_ms - 600 }];
      return { ...withSearch(input, { found_device_spans }), hole_min_ms: 100 };
    });
    expect(report.package?.outcome).toBe('partial');
  });

  it('is right when the clock was set within the span: two searches, each with its offset', async () => {
    const report = await verified(setWithin);
    expect(report.package?.outcome).toBe('archived');
    expect(report.checks.filter(({ code }) => code === 'master_frames')).toHaveLength(2);
  });

  it('is right when the clock was set at an unknown moment: covered under both alternatives', async () => {
    const report = await verified(setAnytime);
    expect(report.package?.outcome).toBe('archived');
    expect(report.notes.map((note) => note.en).join()).toContain('set at an unknown moment');
  });

  it('is right when only one of two alternatives has footage: then nothing is surely covered', async () => {
    expect((await verified(setAnytimeHalfHeld)).package?.outcome).toBe('partial');
  });
});
