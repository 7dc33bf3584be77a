import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { MERGER_MS, newWards, oldWards } from '@minhchung/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runProgram } from '../src/commands/program.ts';
import { createWorld, type World } from './world.ts';

/** Changing the map through the API and the command line. */

describe('through the API', () => {
  let world: World;
  let session: string;
  beforeEach(async () => {
    world = await createWorld();
    await world.addAccount('tinh', [{ role: 'administrator', unit_id: world.province.id }]);
    await world.addAccount('ht', [{ role: 'administrator', unit_id: world.ward.id }]);
    session = await world.sessionOf('tinh');
  });
  afterEach(() => world.close());

  const call = (method: 'GET' | 'POST' | 'PUT' | 'PATCH', url: string, payload?: object, as = session) =>
    world.send({ method, url, session: as, ...(payload === undefined ? {} : { payload }) });

  const geojson = (method: 'POST' | 'PUT', url: string, payload: unknown, as = session) =>
    world.send({
      ...{ method, url, session: as, headers: { 'content-type': 'application/geo+json' } },
      payload: JSON.stringify(payload),
    });

  test('units are imported, previewed, drawn, renamed, and moved into by what lies in them', async () => {
    const load = (mode: string, file: object) =>
      geojson('POST', `/api/units/import?mode=${mode}&parent_code=TH`, file).then((answer) => answer.json());
    expect(await load('preview', oldWards())).toMatchObject({ mode: 'preview', created: 34, rejected: 0 });
    expect(await load('apply', oldWards())).toMatchObject({ created: 34 });
    expect(await load('apply', newWards())).toMatchObject({ created: 7, rejected: 0 });
    const ward = (await world.store.units.byCode('HAC-THANH'))!;
    const drawn = (await call('GET', `/api/units/${ward.id}/boundary`)).json();
    expect(drawn).toMatchObject({ unit_id: ward.id, vertices: 5, geometry: { type: 'Polygon' } });
    const again = await geojson('PUT', `/api/units/${ward.id}/boundary`, drawn.geometry);
    expect(again.json()).toEqual(drawn);
    const renamed = await call('PATCH', `/api/units/${ward.id}`, { name: 'Phường Hạc Thành mới' });
    expect(renamed.json()).toMatchObject({ name: 'Phường Hạc Thành mới', valid_from_ms: MERGER_MS });
    const moved = await call('POST', '/api/units/reassignment?mode=apply');
    expect(moved.json()).toMatchObject({ mode: 'apply', examined: 0, moved: 0, next_cursor: null });
  });

  test('wards merge in one call, by an administrator of all of them', async () => {
    const payload = {
      at_ms: 1_000,
      create: [{ code: 'MOI', name: 'Phường mới', level: 'ward', parent_id: world.province.id }],
      end: [world.ward, world.other_ward].map(({ id }) => ({ unit_id: id, successor_codes: ['MOI'] })),
    };
    const ward_only = await world.sessionOf('ht');
    const refused = await call('POST', '/api/units/map-changes', payload, ward_only);
    expect([refused.statusCode, refused.json().code]).toEqual([403, 'FORBIDDEN_UNIT']);
    const { units } = (await call('POST', '/api/units/map-changes', payload)).json();
    expect(units.map((unit: { code: string }) => unit.code).sort()).toEqual(['DS', 'HT', 'MOI']);
    // Who administered a ward administers it still; who administers the new one has taken it over.
    await world.addAccount('moi', [
      { role: 'administrator', unit_id: (await world.store.units.byCode('MOI'))!.id },
    ]);
    const heir = await world.sessionOf('moi');
    const named = await call('PATCH', `/api/units/${world.ward.id}`, { name: 'HT cũ' }, heir);
    expect(named.json()).toMatchObject({ name: 'HT cũ', valid_to_ms: 1_000 });
  });

  test('a drawing that is none is refused with what to do', async () => {
    const url = `/api/units/${world.ward.id}/boundary`;
    const answer = await geojson('PUT', url, { type: 'Polygon', coordinates: [[[585_000, 2_190_000]]] });
    expect([answer.statusCode, answer.json().code]).toEqual([422, 'BOUNDARY_POSITION_INVALID']);
    expect(answer.json().message.vi).toContain('VN-2000');
    expect((await call('GET', url)).json().code).toBe('NOT_FOUND');
  });

  test('a file of one administrator does not change other administrators’ units', async () => {
    const file = {
      ...oldWards(),
      features: [{ ...oldWards().features[0]!, properties: { code: 'DS', name: 'X' } }],
    };
    const ward_only = await world.sessionOf('ht');
    const answer = await geojson('POST', '/api/units/import?mode=apply', file, ward_only);
    expect(answer.json().features[0]).toMatchObject({
      outcome: 'rejected',
      problems: [{ code: 'FORBIDDEN_UNIT' }],
    });
  });
});

describe('on the command line', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'units-command-'));
    await run(
      'unit',
      'add',
      '--code',
      'TH',
      '--name',
      'Thanh Hoá',
      '--level',
      'province',
      '--from',
      '2000-01-01',
    );
    await writeFile(join(folder, 'old.geojson'), JSON.stringify(oldWards()));
    await writeFile(join(folder, 'new.geojson'), JSON.stringify(newWards()));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function run(...args: readonly string[]) {
    const out: string[] = [];
    let code = 0;
    const sink = new Writable({
      write(chunk, _encoding, done) {
        out.push(String(chunk));
        done();
      },
    });
    await runProgram(args, {
      stdin: Readable.from(['']),
      stdout: sink,
      stderr: sink,
      env: { MINHCHUNG_DATA_DIR: folder, MINHCHUNG_LOGGING__LEVEL: 'silent' },
      signal: new AbortController().signal,
      setExitCode: (given) => {
        code = given;
      },
    });
    return { code, out: out.join('') };
  }

  const importing = (name: string, ...more: string[]) =>
    run('unit', 'import', join(folder, name), '--parent', 'TH', ...more);

  test('a map is previewed, imported and read, and a second import changes nothing', async () => {
    await importing('old.geojson');
    const preview = await importing('new.geojson', '--preview');
    expect(preview).toMatchObject({ code: 0 });
    expect(preview.out).toContain('Preview, nothing written: 7 tạo mới · created');
    expect((await run('unit', 'list', '--at', '2025-07-01')).out).not.toContain('HAC-THANH');
    expect((await importing('new.geojson')).out).toContain('7 tạo mới · created');
    expect((await importing('new.geojson')).out).toContain('7 giữ nguyên · unchanged');
    const listed = (await run('unit', 'list', '--at', '2025-06-30')).out;
    expect(listed).toMatch(
      /TP-18 .*01\/01\/2010 +01\/07\/2025 +(DONG-QUANG, DONG-TIEN|DONG-TIEN, DONG-QUANG)/,
    );
    const moved = await run('unit', 'reassign', '--preview');
    expect([moved.code, moved.out]).toEqual([0, expect.stringContaining('0 sẽ chuyển · would move')]);
    const counts = await run('report', 'units', '--as-of', '2025-07-01');
    expect(counts.out).toContain('Under the map of 2025-07-01');
  });

  test('wards are merged by hand, with a new one made the same day', async () => {
    await importing('old.geojson');
    const end = ['unit', 'end', 'TP-02', 'TP-03', '--at', '01/07/2025', '--into', 'TP-X'];
    expect((await run(...end)).out).toContain('UNKNOWN_UNIT');
    const done = await run(...end, '--new', 'TP-X=Phường Mười');
    expect(done.out).toContain('Đã tạo · Added TP-X Phường Mười');
    expect(done.out).toContain('Kết thúc · Ended TP-02');
    expect((await run('unit', 'change', 'TP-X', '--name', 'Phường X')).out).toContain(
      'Changed unit TP-X Phường X',
    );
    expect((await run('unit', 'boundary', 'TP-X', join(folder, 'none'))).code).toBe(2);
    expect((await run('unit', 'end', 'TP-04', '--at', 'mai')).out).toContain('TIME_INVALID');
  });
});
