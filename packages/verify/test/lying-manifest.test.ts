import type { ManifestInput } from '@minhchung/evidence';
import type { Manifest } from '@minhchung/formats';
import { verifyPackage } from '@minhchung/verify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setAnytime, setAnytimeHalfHeld, setWithin } from './clock-set.ts';
import { DISPLAY } from './display.ts';
import { forge, type Writable } from './forge.ts';
import { createPackageFixture, type PackageFixture } from './package-fixture.ts';

let fixture: PackageFixture;

beforeAll(async () => {
  fixture = await createPackageFixture();
});
afterAll(() => fixture.remove());

async function failuresAfter(
  change: (manifest: Writable<Manifest>) => void,
  input?: (input: ManifestInput) => ManifestInput,
): Promise<string[]> {
  const folder = await fixture.make(input);
  await forge(folder, fixture.signer, change);
  const report = await verifyPackage(folder, { public_keys: [fixture.signer.public_key] });
  return [...new Set(report.checks.filter((check) => !check.ok).map((check) => check.code))];
}

/** Makes the first half a second of the approved span go missing, consistently. */
function shorten(manifest: Writable<Manifest>): void {
  const [span] = manifest.found_spans;
  const { start_min_ms, start_max_ms, ...end } = span!.true_time!;
  span!.device_start_ms += 500;
  span!.true_time = { start_min_ms: start_min_ms + 500, start_max_ms: start_max_ms + 500, ...end };
}

describe('a manifest that lies, rightly signed', () => {
  it('is not found where it tells the truth', async () => {
    expect(await failuresAfter(() => {})).toEqual([]);
  });

  const lies: [string, string[], (manifest: Writable<Manifest>) => void][] = [
    ['an unknown member', ['manifest_form'], (m) => Object.assign(m, { extra: 1 })],
    ['another format', ['manifest_form'], (m) => Object.assign(m, { format: 'minhchung-manifest/2' })],
    ['another key', ['manifest_key'], (m) => Object.assign(m.signing, { key_id: '0'.repeat(32) })],
    ['a file left out', ['manifest_files'], (m) => m.documents.pop()],
    [
      'a file that is not there',
      ['manifest_files'],
      (m) => m.documents.push({ ...m.documents[0]!, name: 'x' }),
    ],
    ['a file listed twice', ['manifest_files'], (m) => m.documents.push(m.documents[0]!)],
    ['a wrong size', ['manifest_files'], (m) => (m.documents[0]!.size_bytes += 1)],
    ['a wrong hash', ['manifest_files'], (m) => (m.documents[0]!.sha256 = 'c'.repeat(64))],
    [
      'approval by the requester, differently typed',
      ['asked_and_decided'],
      (m) => (m.decisions[0]!.person.badge_number = '123 456'),
    ],
    [
      'a short break that is not there',
      ['short_breaks'],
      (m) => (m.searches[0]!.short_breaks = { count: 1, total_ms: 300, longest_ms: 300 }),
    ],
    ['no decision', ['asked_and_decided'], (m) => (m.decisions = [])],
    ['a refusal only', ['asked_and_decided'], (m) => (m.decisions[0]!.verdict = 'refused')],
    ['an approval that no log holds', ['asked_and_decided'], (m) => (m.approval = null)],
    [
      "another ward's camera without its decision",
      ['asked_and_decided'],
      (m) => (m.camera.unit = { id: 'unit-other', name: 'Phường Khác' }),
    ],
    ['a decision before the request', ['order_of_times'], (m) => (m.decisions[0]!.decided_at_ms = 1)],
    ['steps out of order', ['order_of_times'], (m) => m.steps.reverse()],
    [
      'a package older than its steps',
      ['clock', 'order_of_times'],
      (m) => (m.created_at_ms = m.steps[1]!.at_ms),
    ],
    ['bounds the wrong way round', ['clock', 'true_times'], reverseBounds],
    ['an unknown offset with bounds', ['clock'], (m) => (m.searches[0]!.basis = 'unknown')],
    ['a measurement without readings', ['clock'], (m) => (m.searches[0]!.reading_count = 0)],
    ['a tighter bound', ['true_times'], (m) => (m.searches[0]!.offset_max_ms! -= 10)],
    ['a looser bound', ['gaps', 'spans', 'true_times'], (m) => (m.searches[0]!.offset_max_ms! += 10)],
    ['more approved than requested', ['spans'], (m) => narrowRequest(m)],
    ['other times in words', ['spans'], (m) => (m.requested_span.start_utc = '2026-11-21T19:00:00.001Z')],
    [
      'found outside the searched span',
      ['spans', 'true_times'],
      (m) => (m.found_spans[0]!.device_end_ms += 1),
    ],
    ['a whole span out of half of it', ['gaps'], shorten],
    ['a gap that is none', ['gaps'], (m) => addGap(m)],
    ['partial without a gap', ['gaps'], (m) => (m.outcome = 'partial')],
    ['a password in the address', ['source_address'], (m) => (m.source.address = 'rtsp://a:b@10.0.0.1/')],
    ['a password in a parameter', ['source_address'], (m) => (m.source.parts = ['play?user=a&pwd=b'])],
    ['a derivative of nothing', ['derivatives'], (m) => (m.derivatives[0]!.master_name = 'master-2.mp4')],
    [
      'a derivative of other bytes',
      ['derivatives'],
      (m) => (m.derivatives[0]!.master_sha256 = 'd'.repeat(64)),
    ],
    [
      'a shifted master',
      ['true_times', 'master_frames'],
      (m) => (m.masters[0]!.first_frame_device_time_us += 40),
    ],
    ['one frame fewer', ['master_frames'], (m) => (m.masters[0]!.frame_count -= 1)],
    [
      'another last frame',
      ['true_times', 'master_frames'],
      (m) => (m.masters[0]!.last_frame_device_time_us += 40),
    ],
    ['pre-roll passed off as wanted', ['master_frames'], (m) => moveFrame(m)],
    [
      'another first wanted frame',
      ['master_frames'],
      (m) => (m.masters[0]!.wanted.first_inside_device_time_us! += 40),
    ],
    ['another codec', ['master_stream'], (m) => (m.masters[0]!.codec = 'h265')],
    ['another picture size', ['master_stream'], (m) => (m.masters[0]!.width += 16)],
    ['another timescale', ['master_stream'], (m) => (m.masters[0]!.timescale = 1000)],
  ];

  it.each(lies)('is caught telling of %s', async (_, expected, change) => {
    expect((await failuresAfter(change)).sort()).toEqual([...expected].sort());
  });

  const shown = (input: ManifestInput): ManifestInput => ({ ...input, display_clock: DISPLAY });
  it.each<[string, string[], (display: Writable<NonNullable<Manifest['display_clock']>>) => void]>([
    ['a difference made smaller', ['clock'], (d) => (d.differences[0]!.min_ms -= 3_600_000)],
    ['no difference where there is one', ['clock'], (d) => (d.differences = [])],
    ['a tighter bound', ['clock'], (d) => (d.offset_max_ms! -= 10)],
    [
      'bounds that are unknown',
      ['clock'],
      (d) => Object.assign(d, { offset_min_ms: null, offset_max_ms: null }),
    ],
    ['a reading nobody made', ['clock'], (d) => (d.reading_count = 0)],
    ['a reading after the package', ['clock'], (d) => (d.measured_at_ms = 9_000_000_000_000)],
    ['the clock that stamped the frames', ['clock'], (d) => (d.id = 'clock-0001')],
    ['something unheard of', ['manifest_form'], (d) => Object.assign(d, { colour: 'red' })],
  ])('is caught telling of the clock in the picture: %s', async (_, expected, change) => {
    expect(await failuresAfter((m) => change(m.display_clock!), shown)).toEqual(expected);
  });

  type Lie = [string, (input: ManifestInput) => ManifestInput, string[], (m: Writable<Manifest>) => void];
  it.each<Lie>([
    ['a search missing at the end', setWithin, ['searches'], (m) => m.searches.pop()],
    ['a search missing at the beginning', setWithin, ['searches'], (m) => m.searches.shift()],
    ['a hole between the approved parts', setWithin, ['searches'], (m) => movePart(m, 100)],
    ['approved parts that overlap', setWithin, ['searches', 'spans'], (m) => movePart(m, -100)],
    ['a search out of order', setWithin, ['searches', 'true_times'], (m) => m.searches.reverse()],
    [
      'a master under the wrong search',
      setWithin,
      ['frames_cover_found', 'master_frames', 'true_times'],
      (m) => (m.masters[1]!.search = 0),
    ],
    ['a master of no search', setWithin, ['searches'], (m) => (m.masters[1]!.search = 2)],
    [
      'a found span under the wrong search',
      setWithin,
      ['gaps', 'spans', 'true_times'],
      (m) => (m.found_spans[1]!.search = 0),
    ],
    ['an alternative left out', setAnytimeHalfHeld, ['searches'], dropAlternative],
    ['an alternative that is the same again', setAnytimeHalfHeld, ['searches'], repeatAlternative],
    [
      'alternatives that are not called so',
      setAnytime,
      ['searches'],
      (m) => (m.searches[1]!.basis = 'measured_later'),
    ],
    ['a part covered under one alternative only', setAnytimeHalfHeld, ['gaps'], claimWhole],
  ])('is caught telling of %s, of a clock that was set', async (_, input, expected, change) => {
    const failures = await failuresAfter(change, input);
    expect(failures).toEqual(expect.arrayContaining(expected));
    expect(await failuresAfter(() => {}, input)).toEqual([]);
  });

  it('is caught telling of footage where the masters have no frames', async () => {
    const failures = await failuresAfter((m) => {
      const [span] = m.found_spans;
      const { device_span } = m.searches[0]!;
      const end = device_span.end_ms + 60_000;
      device_span.end_ms = end;
      span!.device_end_ms = end;
      span!.true_time!.end_min_ms += 60_000;
      span!.true_time!.end_max_ms += 60_000;
    });
    expect(failures).toContain('frames_cover_found');
  });
});

function addGap(m: Writable<Manifest>): void {
  const { start_ms, end_ms } = m.approved_span;
  m.gaps.push({ start_ms, end_ms, reason: 'not_recorded', text: { vi: '', en: '' } });
}

function reverseBounds(m: Writable<Manifest>): void {
  const [search] = m.searches;
  const { offset_min_ms, offset_max_ms } = search!;
  search!.offset_min_ms = offset_max_ms;
  search!.offset_max_ms = offset_min_ms;
}

function narrowRequest(m: Writable<Manifest>): void {
  m.requested_span.start_ms += 1000;
  m.requested_span.start_utc = new Date(m.requested_span.start_ms).toISOString();
}

function moveFrame(m: Writable<Manifest>): void {
  m.masters[0]!.wanted.frames_before -= 1;
  m.masters[0]!.wanted.frames_inside += 1;
}

/** Moves the second approved part's beginning. */
function movePart(m: Writable<Manifest>, by_ms: number): void {
  const part = m.searches[1]!.approved_part;
  part.start_ms += by_ms;
  part.start_utc = new Date(part.start_ms).toISOString();
}

function claimWhole(m: Writable<Manifest>): void {
  m.gaps = [];
  m.outcome = 'archived';
}

function dropAlternative(m: Writable<Manifest>): void {
  m.searches.pop();
  claimWhole(m);
}

function repeatAlternative(m: Writable<Manifest>): void {
  m.searches[1] = m.searches[0]!;
}
