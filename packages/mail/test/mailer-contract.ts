import type { Mailer, MailMessage } from '@minhchung/domain';
import { expect, it } from 'vitest';

export const LETTER: MailMessage = {
  id: '01ARYZ6S410000000000000000',
  to: 'hoa.lt@example.vn',
  subject: 'Xác nhận thoả thuận camera',
  text: 'Kính gửi bà Lê Thị Hoa,\n\nhttps://minhchung.example.vn/chu-camera/x\n.\nHết.\n',
};

/** What every mailer must do, whether it sends or leaves letters to a person. */
export function mailerContract(open: () => Mailer): void {
  it('says what became of a letter, in one of the ways the port names', async () => {
    const outcome = await open().send(LETTER);
    expect(['sent', 'by_hand']).toContain(outcome.kind);
  });

  it('says the same of the same letter a second time', async () => {
    const mailer = open();
    expect(await mailer.send(LETTER)).toEqual(await mailer.send(LETTER));
  });

  it('never throws for what was typed by strangers', async () => {
    const texts = ['', 'a@b\r\nBcc: x@y.vn', 'x'.repeat(10_000), '\u0000', '\ud800', '<a@b>, c@d'];
    const mailer = open();
    for (const to of texts) expect((await mailer.send({ ...LETTER, to })).kind).not.toBe('sent');
    for (const subject of texts) await mailer.send({ ...LETTER, subject });
    for (const text of texts) await mailer.send({ ...LETTER, text });
  });

  it('sends nothing once it is closed', async () => {
    const mailer = open();
    await mailer.close();
    expect((await mailer.send(LETTER)).kind).not.toBe('sent');
  });
}
