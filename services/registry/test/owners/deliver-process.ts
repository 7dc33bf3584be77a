/** Sends what is due in a database, in a process that may be killed: `path port now_ms`. */
import { randomBytes } from 'node:crypto';
import { makeId } from '@minhchung/domain';
import { loadSettings } from '@minhchung/settings';
import { openStore } from '@minhchung/store';
import { createSmtpMailer } from '../../../../packages/mail/src/index.ts';
import { deliverLetters } from '../../src/owners/deliver-letters.ts';
import { ownerTokens } from '../../src/owners/tokens.ts';

const [path = '', port = '', now = ''] = process.argv.slice(2);
const time = { now_ms: () => Number(now) };
const store = await openStore({ engine: 'sqlite', path });
const mailer = createSmtpMailer({
  ...{ host: '127.0.0.1', port: Number(port), security: 'none', account: null },
  ...{ from: 'camera@example.vn', from_name: 'Phường Hạc Thành' },
});
const settings = loadSettings({ env: { MINHCHUNG_MAIL__ATTEMPTS_MAX: '20' } });
const tokens = ownerTokens(new Uint8Array(32).fill(7));
const newId = () => makeId(time.now_ms(), randomBytes(10));
process.send?.('ready');
await deliverLetters({ store, settings, time, tokens, newId, mailer })();
await mailer.close();
await store.close();
process.disconnect?.();
