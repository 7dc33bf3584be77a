import { randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Mailer, makeId } from '@minhchung/domain';
import { createByHandMailer, createSmtpMailer } from '@minhchung/mail';
import { type OwnerTokens, ownersUpkeep, ownerTokens } from '@minhchung/registry';
import { readSecretFile, type Settings } from '@minhchung/settings';
import { readOrCreateKey, type Store } from '@minhchung/store';
import type { Logger } from 'pino';
import type { Closers } from './closers.ts';
import { everyMinutes } from './every-minutes.ts';
import { SYSTEM_TIME } from './system-time.ts';

/** Opens what owners' links are made from; its key is made at first start. */
export async function openOwnerTokens(settings: Settings): Promise<OwnerTokens> {
  await mkdir(settings.keys.dir, { recursive: true, mode: 0o700 });
  return ownerTokens(await readOrCreateKey(join(settings.keys.dir, 'owner-links.key')));
}

/** The mailer of the settings. Throws `SECRET_FILE_UNREADABLE`. */
export async function openConfiguredMailer({ mail }: Settings): Promise<Mailer> {
  const { host, port, security, username, password_file, ca_file, from, from_name } = mail;
  if (host === null || from === null) return createByHandMailer();
  const account =
    username === null
      ? null
      : { username, password: readSecretFile('mail.password_file', password_file ?? '') };
  const ca = ca_file === null ? {} : { ca: await readFile(ca_file, 'utf8') };
  return createSmtpMailer({ host, port, security, account, from, from_name, ...ca });
}

/** Starts what happens for owners without anybody asking: yearly links, questions, letters, words that age. */
export async function startOwnersUpkeep(
  parts: {
    readonly store: Store;
    readonly settings: Settings;
    readonly tokens: OwnerTokens;
    readonly logger: Logger;
  },
  closers: Closers,
): Promise<void> {
  const { store, settings, tokens, logger } = parts;
  const mailer = closers.add(await openConfiguredMailer(settings));
  const newId = () => makeId(SYSTEM_TIME.now_ms(), randomBytes(10));
  const upkeep = ownersUpkeep({ store, settings, tokens, newId, time: SYSTEM_TIME, mailer });
  closers.add(everyMinutes(upkeep, logger));
}
