import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import type { Mailer } from '@minhchung/domain';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSmtpMailer, isMailAddress, type SmtpOptions } from '../src/index.ts';
import { LETTER, mailerContract } from './mailer-contract.ts';
import { certificate, type SmtpWorld, startSmtp } from './smtp-world.ts';

const FROM = { from: 'camera@phuong.example.vn', from_name: 'Công an phường Hạc Thành' };
const ACCOUNT = { username: 'camera', password: 'mật khẩu thư' };

let server: SmtpWorld;
const opened: Mailer[] = [];
const mailer = (change: Partial<SmtpOptions> = {}): Mailer => {
  const clear = { host: '127.0.0.1', port: server.port, security: 'none', account: null } as const;
  const made = createSmtpMailer({ ...clear, ...FROM, ...change });
  opened.push(made);
  return made;
};
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
  await server.close();
});

describe('mail over SMTP', () => {
  beforeEach(async () => {
    server = await startSmtp();
  });
  mailerContract(() => mailer());

  it('arrives whole, in Vietnamese, with one recipient and the id of the letter', async () => {
    await mailer().send(LETTER);
    const [letter] = server.letters;
    expect(letter).toMatchObject({ from: FROM.from, to: [LETTER.to] });
    expect(letter!.raw).toMatch(/^Message-ID: <01ARYZ6S410000000000000000@phuong\.example\.vn>\r$/m);
    expect(letter!.raw).toMatch(/^Auto-Submitted: auto-generated\r$/m);
    const body = letter!.raw.slice(letter!.raw.indexOf('\r\n\r\n') + 4);
    expect(decoded(letter!.raw, body)).toContain(LETTER.text.replaceAll('\n', '\r\n').trimEnd());
  });

  it('has the same id at every try, so that receivers drop the second copy', async () => {
    await mailer().send(LETTER);
    await mailer().send(LETTER);
    const ids = server.letters.map(({ raw }) => /^Message-ID: (.*)\r$/m.exec(raw)?.[1]);
    expect(ids[0]).toBe(ids[1]);
  });

  it.each(['\r\nBcc: x@y.vn', '\nX-Evil: 1', '\r\n\r\nbody', '\u2028Bcc: x@y.vn', '\u0000'])(
    'takes %j in no header: a subject stays one line, an address is refused',
    async (evil) => {
      await mailer({ from_name: `Phường${evil}` }).send({ ...LETTER, subject: `Chào${evil}` });
      expect((await mailer().send({ ...LETTER, to: `a@b.vn${evil}` })).kind).toBe('refused');
      expect(server.letters).toHaveLength(1);
      const head = server.letters[0]!.raw.split('\r\n\r\n')[0]!;
      const names = [...head.matchAll(/^([A-Za-z-]+):/gm)].map(([, name]) => name);
      expect(names).not.toContain('Bcc');
      expect(names).not.toContain('X-Evil');
      expect(server.letters[0]!.to).toEqual([LETTER.to]);
    },
  );

  it.each([
    ['a@b.vn', true],
    ['nguyễn.đào@thư.vn', true],
    ['a+tag@b.example.vn', true],
    ['a@b.vn, c@d.vn', false],
    ['<a@b.vn>', false],
    ['"a b"@c.vn', false],
    ['a@b..vn', false],
    ['a@-b.vn', false],
    ['a@b.vn\n', false],
    ['@b.vn', false],
    [`${'a'.repeat(250)}@b.vn`, false],
  ])('%j is one address: %s', (text, expected) => expect(isMailAddress(text)).toBe(expected));

  it('passes over a letter that is too long', async () => {
    const text = 'x'.repeat(40_000);
    expect((await mailer().send({ ...LETTER, text })).kind).toBe('refused');
  });
});

describe('a server that', () => {
  const answering = (code: number) => () => Object.assign(new Error('no'), { responseCode: code });
  it.each([
    [550, 'refused'],
    [450, 'later'],
  ] as const)('answers a recipient with %i makes the letter %s', async (code, kind) => {
    server = await startSmtp({ onRcptTo: (_address, _session, done) => done(answering(code)()) });
    const outcome = await mailer().send(LETTER);
    expect(outcome).toMatchObject({ kind, reason: expect.stringContaining(String(code)) });
    expect(JSON.stringify(outcome)).not.toContain(LETTER.to);
  });

  it('is not there means later', async () => {
    server = await startSmtp();
    await server.close();
    expect((await mailer().send(LETTER)).kind).toBe('later');
  });

  it('says nothing, or trickles for ever, holds a letter until its deadline and no longer', async () => {
    server = await startSmtp();
    const sockets: import('node:net').Socket[] = [];
    const trickler = createServer((socket) => {
      sockets.push(socket);
      socket.on('error', () => {});
      const timer = setInterval(() => socket.write('220-still here\r\n'), 20);
      socket.on('close', () => clearInterval(timer));
    });
    trickler.listen(0, '127.0.0.1');
    await once(trickler, 'listening');
    const { port } = trickler.address() as AddressInfo;
    const outcome = await mailer({ port, deadline_ms: 300 }).send(LETTER);
    expect(outcome).toEqual({ kind: 'later', reason: 'no answer in time' });
    if (!sockets[0]!.closed) await once(sockets[0]!, 'close');
    trickler.close();
    await once(trickler, 'close');
  });
});

describe('the line to the server', () => {
  let pair: ReturnType<typeof certificate>;
  beforeAll(() => {
    pair = certificate();
  });
  const withAccounts = (change: object) =>
    startSmtp({
      ...pair,
      authOptional: false,
      onAuth: (auth, _session, done) =>
        auth.username === ACCOUNT.username && auth.password === ACCOUNT.password
          ? done(null, { user: auth.username })
          : done(new Error('wrong account')),
      ...change,
    });

  it.each([
    ['tls', { secure: true }],
    ['starttls', { secure: false }],
  ] as const)('is encrypted with %s before the account is told', async (security, change) => {
    server = await withAccounts(change);
    const options = { host: 'localhost', security, account: ACCOUNT, ca: pair.cert } as const;
    expect(await mailer(options).send(LETTER)).toEqual({ kind: 'sent' });
    expect(server.letters).toMatchObject([{ user: 'camera', secure: true }]);
  });

  it('is not used when the certificate is nobody known', async () => {
    server = await withAccounts({ secure: true });
    const outcome = await mailer({ host: 'localhost', security: 'tls', account: ACCOUNT }).send(LETTER);
    expect(outcome.kind).toBe('later');
    expect(server.letters).toEqual([]);
  });

  it('is not used in the clear when the server offers no STARTTLS', async () => {
    server = await startSmtp();
    expect((await mailer({ security: 'starttls' }).send(LETTER)).kind).toBe('later');
    expect(server.letters).toEqual([]);
  });

  it('never carries an account in the clear', async () => {
    server = await startSmtp();
    expect(() => mailer({ security: 'none', account: ACCOUNT })).toThrow(RangeError);
  });

  it('refused for its account leaves the letter for later, and tells no password', async () => {
    server = await withAccounts({ secure: true });
    const account = { ...ACCOUNT, password: 'sai mật khẩu' };
    const options = { host: 'localhost', security: 'tls', account, ca: pair.cert } as const;
    const outcome = await mailer(options).send(LETTER);
    expect(outcome.kind).toBe('later');
    expect(JSON.stringify(outcome)).not.toContain('sai');
  });
});

function decoded(raw: string, body: string): string {
  if (/^Content-Transfer-Encoding: base64\r$/im.test(raw)) return Buffer.from(body, 'base64').toString();
  const joined = body.replace(/=\r\n/g, '').replace(/^\.\./gm, '.');
  const bytes = joined.replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}
