import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Mailer, MailMessage, MailOutcome } from '@minhchung/domain';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSmtpMailer } from '../../../../packages/mail/src/index.ts';
import { type SmtpWorld, startSmtp } from '../../../../packages/mail/test/smtp-world.ts';
import { deliverLetters } from '../../src/owners/deliver-letters.ts';
import { sweepConfirmations } from '../../src/owners/sweep-confirmations.ts';
import { createOwnersWorld, DAY_MS, NOW_MS, type OwnersWorld, PAGE } from './world.ts';

let world: OwnersWorld;
let server: SmtpWorld | null = null;
let child: ChildProcess | null = null;
beforeEach(async () => {
  world = await createOwnersWorld({ MINHCHUNG_MAIL__ATTEMPTS_MAX: '3' });
  await world.agree({ confirmed_at_ms: NOW_MS - 351 * DAY_MS });
  await world.store.ownerLinks.setEmail('OWNER', 'hoa@example.vn', NOW_MS);
  await sweepConfirmations(world.deps)(NOW_MS);
});
afterEach(async () => {
  child?.kill('SIGKILL');
  await server?.close();
  server = null;
  await world.close();
});

const mailerOf = (outcome: MailOutcome, sent: MailMessage[] = []): Mailer => ({
  async send(message) {
    sent.push(message);
    return outcome;
  },
  async close() {},
});
const deliver = (mailer: Mailer) => deliverLetters({ ...world.deps, mailer })();
const byHand = async () => (await world.store.outbox.listByHand([world.ward.id], PAGE)).rows;
const smtp = (port: number) =>
  createSmtpMailer({
    ...{ host: '127.0.0.1', port, security: 'none', account: null },
    ...{ from: 'camera@example.vn', from_name: 'Phường Hạc Thành' },
  });
const messageId = (raw: string) => /^Message-ID: (.*)\r$/m.exec(raw)?.[1];

describe('a letter', () => {
  test('goes once, in Vietnamese with English below, with the link and no case or person', async () => {
    const sent: MailMessage[] = [];
    expect(await deliver(mailerOf({ kind: 'sent' }, sent))).toBe(1);
    expect(await deliver(mailerOf({ kind: 'sent' }, sent))).toBe(0);
    expect(sent).toHaveLength(1);
    const { text } = sent[0]!;
    expect(text).toContain(`http://localhost:8080/chu-camera/${await world.newestToken()}`);
    expect(text.indexOf('Kính gửi ông/bà Lê Thị Hoa')).toBeLessThan(text.indexOf('Dear Lê Thị Hoa'));
    expect(text).not.toContain('HS-MẬT');
    expect(await world.trail()).toContain('owner_link.send');
  });

  test('is tried again after a growing pause, the same, and then left to a technician', async () => {
    const sent: MailMessage[] = [];
    const later = mailerOf({ kind: 'later', reason: 'ECONNREFUSED' }, sent);
    await deliver(later);
    await deliver(later);
    expect(sent).toHaveLength(1);
    for (const pause_ms of [60_000, 120_000]) {
      world.time.advance(pause_ms);
      await deliver(later);
    }
    expect(sent).toEqual([sent[0], sent[0], sent[0]]);
    expect(await byHand()).toMatchObject([{ last_reason: 'ECONNREFUSED', attempts: 3 }]);
  });

  test('that is refused, or has no address, is left to a technician at once', async () => {
    await deliver(mailerOf({ kind: 'refused', reason: 'EENVELOPE 550' }));
    expect(await byHand()).toMatchObject([{ last_reason: 'EENVELOPE 550' }]);
  });

  test('is not sent once its link has ended', async () => {
    await world.post('/api/owner/confirmation', { token: await world.newestToken(), answer: 'works' });
    expect(await deliver(mailerOf({ kind: 'sent' }))).toBe(0);
  });

  test('is left to technicians where there is no mail', async () => {
    await deliver(mailerOf({ kind: 'by_hand' }));
    expect(await byHand()).toHaveLength(1);
  });
});

describe('a process killed', () => {
  test('after the server took a letter over sends the same again, with the same id, and once it is written no more', async () => {
    server = await startSmtp();
    const sending = smtp(server.port);
    const dying: Mailer = {
      async send(message) {
        await sending.send(message);
        throw new Error('killed here');
      },
      close: () => sending.close(),
    };
    await expect(deliver(dying)).rejects.toThrow('killed here');
    await deliver(sending);
    expect(server.letters).toHaveLength(1);
    world.time.advance(120_000);
    await deliver(sending);
    world.time.advance(DAY_MS);
    await deliver(sending);
    expect(server.letters).toHaveLength(2);
    const [first, second] = server.letters.map(({ raw }) => raw.replace(/^Date: .*\r\n/m, ''));
    expect(second).toBe(first);
    expect(await byHand()).toEqual([]);
  });

  test('by the operating system, at whatever instruction, loses nothing and looks like one letter', async () => {
    server = await startSmtp({ onRcptTo: (_address, _session, done) => setTimeout(done, 40) });
    const { path } = world.settings.store;
    const program = join(import.meta.dirname, 'deliver-process.ts');
    for (let n = 0; n < 6; n += 1) {
      child = fork(program, [path, String(server.port), String(NOW_MS + n * 200_000)], { stdio: 'ignore' });
      const ended = once(child, 'exit');
      await Promise.race([once(child, 'message'), ended]);
      const timer = setTimeout(() => child?.kill('SIGKILL'), n * 15);
      await ended;
      clearTimeout(timer);
    }
    child = fork(program, [path, String(server.port), String(NOW_MS + DAY_MS)], { stdio: 'ignore' });
    await once(child, 'exit');
    expect(server.letters.length).toBeGreaterThan(0);
    expect(new Set(server.letters.map(({ raw }) => messageId(raw))).size).toBe(1);
    const { rows } = await world.store.audit.list({ act: 'owner_link.send' }, PAGE);
    expect(rows).toHaveLength(1);
    expect(await byHand()).toEqual([]);
  });
});
