import { readTableFile } from '@minhchung/tables';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileOf } from '../src/export/export-cameras.ts';
import { CAMERAS, cityWorkbook, FAULTS, type PlantedFault, WARDS, wardCode } from './city-workbook.ts';
import { createWorld, type World } from './world.ts';

/** Acceptance: the list of a whole city, 1,911 cameras, with sixty planted mistakes of fifteen kinds. */
describe('the list of a city', { timeout: 120_000 }, () => {
  const unit_ids = Array.from({ length: WARDS }, (_, n) => wardCode(n));
  let world: World;
  let bytes: Uint8Array;
  let faults: readonly PlantedFault[];
  beforeAll(async () => {
    world = await createWorld();
    for (const code of unit_ids) {
      const validity = { valid_from_ms: 0, valid_to_ms: null, successor_ids: [] };
      await world.store.units.create({
        id: code,
        code,
        name: code,
        level: 'ward',
        parent_id: null,
        ...validity,
      });
    }
    ({ bytes, faults } = await cityWorkbook(true));
  });
  afterAll(() => world.close());

  const found = (report: Awaited<ReturnType<World['run']>>) =>
    report.rows
      .flatMap((row) => row.problems)
      .map(({ line, column_letter: letter, column, code }) => ({ line, letter, column, code }));

  test('has fifteen kinds of mistakes', () => {
    expect([faults.length, new Set(faults.map(({ column, code }) => `${column}${code}`)).size]).toEqual([
      FAULTS,
      15,
    ]);
  });

  test('is previewed with each mistake at its row and column, and nothing else', async () => {
    const report = await world.run(bytes, 'preview', unit_ids);
    expect(report.file_problems).toEqual([]);
    expect(found(report)).toEqual(faults);
    expect(report).toMatchObject({ sheet: 'Tổng hợp', header_row: 5, created: CAMERAS - FAULTS });
    const said = new Set(report.notices.map(({ code }) => code));
    expect([...said].sort()).toEqual(['CSV_PHONE_COMPLETED', 'CSV_ROW_TITLE', 'CSV_ROW_TOTAL']);
    expect(await world.store.cameras.byCode('TH-0001')).toBeNull();
  });

  test('is applied but for the wrong rows; the same file again changes nothing', async () => {
    const applied = await world.run(bytes, 'apply', unit_ids);
    expect(found(applied)).toEqual(faults);
    expect([applied.created, applied.rejected]).toEqual([CAMERAS - FAULTS, FAULTS]);
    const trail = async () => (await world.store.audit.list({}, { limit: 1, after: null })).rows[0]!;
    const before = await trail();
    world.time.advance(60_000);
    const again = await world.run(bytes, 'apply', unit_ids);
    expect([again.unchanged, again.created, again.changed]).toEqual([CAMERAS - FAULTS, 0, 0]);
    const after = await trail();
    expect([after.act, after.sequence]).toEqual(['camera.import', before.sequence + 1]);
  });

  test('is handed back as a file of the wrong rows, which can be imported once mended', async () => {
    const outcome = await world.outcome(bytes, 'preview', unit_ids);
    const pieces: Uint8Array[] = [];
    for await (const piece of fileOf(outcome.errorRows(), 'xlsx')) pieces.push(piece);
    const [sheet] = (await readTableFile(Buffer.concat(pieces))).sheets;
    expect(sheet!.rows).toHaveLength(FAULTS + 1);
    expect(JSON.stringify(sheet!.rows)).not.toContain('mk-');
    const good = await cityWorkbook(false);
    const mended = await world.run(good.bytes, 'apply', unit_ids);
    expect([mended.created, mended.rejected, mended.unchanged]).toEqual([FAULTS, 0, CAMERAS - FAULTS]);
  });
});
