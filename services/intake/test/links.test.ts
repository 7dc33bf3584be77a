import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { intakeUpkeep } from '../src/index.ts';
import { DECLARED, noise, tusUpload } from './send.ts';
import { createIntakeWorld, HOUR_MS, type IntakeWorld, NOW_MS } from './world.ts';

describe('links by which owners hand in footage', () => {
  let world: IntakeWorld;
  beforeEach(async () => {
    world = await createIntakeWorld();
    await world.agree();
  });
  afterEach(() => world.close());

  const get = (url: string, session?: string) =>
    world.send({ method: 'GET', url, ...(session === undefined ? {} : { session }) });
  const make = (item_id: string, session = world.officer) =>
    world.send({ method: 'POST', url: `/api/items/${item_id}/upload-links`, session, payload: {} });

  it('belong to the first browser that begins, which may go on; everybody else is refused', async () => {
    const path = await world.link(await world.ask('queued'));
    expect((await get(path)).statusCode).toBe(200);
    const cookie = await world.begin(path);
    expect((await get(path)).statusCode).toBe(404);
    expect((await world.send({ method: 'POST', url: path })).statusCode).toBe(404);
    expect((await get(path, cookie)).statusCode).toBe(200);
    expect((await world.send({ method: 'POST', url: path, session: cookie })).statusCode).toBe(303);
    expect((await get('/gui-hinh', cookie)).body).toContain('Cổng nhà bà Hoa');
  });

  it('end with the last file, with their time, and with a newer one', async () => {
    const item_id = await world.ask('queued');
    const cookie = await world.begin(await world.link(item_id));
    await tusUpload(world.url, cookie, { bytes: noise(100), metadata: DECLARED }).done;
    expect((await world.send({ method: 'POST', url: '/gui-hinh/xong', session: cookie })).statusCode).toBe(
      200,
    );
    expect((await get('/gui-hinh', cookie)).statusCode).toBe(404);

    const other_item = await world.ask('waiting');
    const first = await world.link(other_item);
    const second = await world.link(other_item);
    expect([(await get(first)).statusCode, (await get(second)).statusCode]).toEqual([404, 200]);
    world.time.set(NOW_MS + 73 * HOUR_MS);
    expect((await get(second)).statusCode).toBe(404);
    expect((await world.send({ method: 'POST', url: second })).statusCode).toBe(404);
  });

  it('say the same for a wrong token, a used and an expired one, and nothing of what they are about', async () => {
    const path = await world.link(await world.ask('queued'));
    await world.begin(path);
    const wrong = await get(`${path.slice(0, -4)}AAAA`);
    const used = await get(path);
    expect(wrong.body).toBe(used.body);
    expect(used.body).not.toContain('Hoa');
  });

  it('open their own item alone: another owner’s files are not there', async () => {
    const [mine, theirs] = [await world.ask('queued'), await world.ask('queued')];
    const cookie = await world.begin(await world.link(mine));
    const sent = tusUpload(world.url, cookie, { bytes: noise(100), metadata: DECLARED });
    await sent.done;
    const other = await world.begin(await world.link(theirs));
    const id = new URL(sent.upload.url!).pathname.split('/').at(-1)!;
    const head = (session: string) =>
      world.send({
        ...{ method: 'HEAD', url: `/api/uploads/${id}`, session, headers: { 'tus-resumable': '1.0.0' } },
      });
    expect((await head(other)).statusCode).toBe(404);
    const removed = await world.send({ method: 'POST', url: `/gui-hinh/tep/${id}/xoa`, session: other });
    expect(removed.statusCode).toBe(404);
    expect(await world.store.uploads.ofItem(theirs)).toEqual([]);
  });

  it('are not made for what is undecided, has ended, or whom nobody may tell', async () => {
    expect((await make(await world.ask('awaiting_decision'))).json().code).toBe('UPLOAD_NOT_APPROVED');
    for (const state of ['cancelled', 'refused', 'archived'] as const) {
      expect((await make(await world.ask(state))).json().code).toBe('UPLOAD_ITEM_ENDED');
    }
    const item_id = await world.ask('queued');
    expect((await make(item_id, await world.sessionOf('other'))).statusCode).toBe(403);
    expect((await make(item_id, world.technician)).statusCode).toBe(201);
    const { request_id } = (await world.store.items.byId(item_id))!;
    const { account } = (await world.store.people.accountByLogin('can-bo'))!;
    await world.store.noticeDelays.add({
      ...{ id: 'DELAY', request_id, decision_id: null, until_ms: NOW_MS + HOUR_MS, reason: 'nghi can' },
      ...{ person_id: account.person_id, account_id: account.id, recorded_at_ms: NOW_MS - 1 },
    });
    expect((await make(item_id)).json().code).toBe('UPLOAD_OWNER_NOT_TOLD');
  });

  it('are refused where the agreement stands against it', async () => {
    await world.agree({ withdrawn_at_ms: NOW_MS - 1, valid_from_ms: NOW_MS - HOUR_MS });
    expect((await make(await world.ask('queued'))).json().code).toBe('AGREEMENT_WITHDRAWN');
  });

  it('go by mail where the owner has an address, and tell no case and no officer', async () => {
    await world.store.ownerLinks.setEmail('OWNER', 'hoa@example.vn', NOW_MS);
    expect((await make(await world.ask('queued'))).json()).toMatchObject({ is_mailed: true });
    const letters: { to: string; text: string }[] = [];
    const mailer = {
      send: async (letter: { to: string; text: string }) => {
        letters.push(letter);
        return { kind: 'sent' } as const;
      },
      close: async () => {},
    };
    const upkeep = intakeUpkeep({ ...world.deps, mailer });
    await upkeep();
    await upkeep();
    expect(letters).toHaveLength(1);
    expect(letters[0]).toMatchObject({ to: 'hoa@example.vn' });
    expect(letters[0]!.text).not.toMatch(/12\/HS|Trộm|can-bo/);
    const url = /http\S+\/gui-hinh\/\S+/.exec(letters[0]!.text)![0];
    expect((await get(new URL(url).pathname)).statusCode).toBe(200);
  });

  it('leave a trail from making to giving over, without a token in it', async () => {
    const item_id = await world.ask('queued');
    const path = await world.link(item_id);
    const cookie = await world.begin(path);
    await tusUpload(world.url, cookie, { bytes: noise(100), metadata: DECLARED }).done;
    await world.send({ method: 'POST', url: '/gui-hinh/xong', session: cookie });
    const acts = (await world.trail()).toReversed().slice(-7);
    expect(acts).toEqual([
      ...['upload_link.create', 'upload_link.hand_over', 'upload_link.open', 'upload.start'],
      ...['upload.receive', 'upload.keep', 'item.hand_in'],
    ]);
    const { rows } = await world.store.audit.list({}, { limit: 100, after: null });
    expect(JSON.stringify(rows)).not.toContain(path.split('/').at(-1)!);
    expect(world.log()).not.toContain(path.split('/').at(-1)!);
  });
});
