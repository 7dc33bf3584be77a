import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noise } from './send.ts';
import { createIntakeWorld, type IntakeWorld, ORIGIN } from './world.ts';

describe('the page on which owners hand in footage', () => {
  let world: IntakeWorld;
  let item_id: string;
  let cookie: string;
  beforeEach(async () => {
    world = await createIntakeWorld();
    await world.agree();
    item_id = await world.ask('queued');
    cookie = await world.begin(await world.link(item_id));
  });
  afterEach(() => world.close());

  const get = (url: string) => world.send({ method: 'GET', url, session: cookie });

  /** The form as a browser without script sends it. */
  function sendForm(
    fields: Record<string, string>,
    file: Blob | null,
    file_name = 'hình.avi',
  ): Promise<Response> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    if (file !== null) form.append('file', file, file_name);
    return fetch(`${world.url}/gui-hinh/tep`, {
      ...{ method: 'POST', body: form, redirect: 'manual', headers: { cookie, origin: ORIGIN } },
    });
  }
  const TYPED = { start: '2026-11-22T14:00', clock: 'device', shown: '', truth: '' };

  it('works without script: a form, the file listed with its hash, and a button that ends it', async () => {
    const bytes = noise(200_000);
    const sent = await sendForm(TYPED, new Blob([new Uint8Array(bytes)]));
    expect([sent.status, sent.headers.get('location')]).toEqual([303, '/gui-hinh']);
    const page = await get('/gui-hinh');
    expect(page.body).toContain(createHash('sha256').update(bytes).digest('hex'));
    expect(page.body).toContain('hình.avi');
    const [upload] = await world.store.uploads.ofItem(item_id);
    expect(upload).toMatchObject({ state: 'kept', declared: { resolution_ms: 60_000, clock: 'device' } });
    const done = await world.send({ method: 'POST', url: '/gui-hinh/xong', session: cookie });
    expect(done.body).toContain('Đã nhận hình');
    expect((await get('/gui-hinh')).statusCode).toBe(404);
  });

  it('takes scripts from itself alone, and asks before anything is sent', async () => {
    const page = await get('/gui-hinh');
    expect(page.headers['content-security-policy']).toBe(
      "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    expect(page.body).not.toMatch(/<script>|on(click|load|submit)=|style=/);
    for (const path of page.body.match(/src="([^"]+)"/g)!.map((found) => found.slice(5, -1))) {
      const script = await get(path);
      expect([script.statusCode, script.headers['content-type']]).toEqual([
        200,
        'text/javascript; charset=utf-8',
      ]);
    }
    expect(page.body.indexOf('name="start"')).toBeLessThan(page.body.indexOf('type="file"'));
  });

  it('speaks English when asked, and shows hostile names as text', async () => {
    await sendForm(TYPED, new Blob(['x']), '<img src=x onerror=alert(1)>.mp4');
    const page = await get('/gui-hinh?lang=en');
    expect(page.body).toContain('Send camera footage');
    expect(page.body).toContain('&lt;img src=x onerror=alert(1)&gt;.mp4');
    expect(page.body).not.toContain('<img');
  });

  it('says what is wrong with a form, and keeps nothing of it', async () => {
    const wrong_time = await sendForm({ ...TYPED, start: 'chiều qua' }, new Blob(['x']));
    expect([wrong_time.status, await wrong_time.text()]).toEqual([
      422,
      expect.stringContaining('22/11/2026 14:05:30'),
    ]);
    expect((await sendForm(TYPED, null)).status).toBe(422);
    expect((await sendForm(TYPED, new Blob([]))).status).toBe(422);
    expect(await world.store.uploads.ofItem(item_id)).toEqual([]);
    expect(await world.deps.quarantine.idsUntouchedSince(Number.POSITIVE_INFINITY)).toEqual([]);
  });

  it('shows nothing without the cookie of the browser that began', async () => {
    const page = await world.send({ method: 'GET', url: '/gui-hinh' });
    expect([page.statusCode, page.body]).toEqual([404, expect.not.stringContaining('Hoa')]);
    const form = await world.send({ method: 'POST', url: '/gui-hinh/xong' });
    expect(form.statusCode).toBe(404);
  });
});
