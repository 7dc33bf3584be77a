import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readSecretFile, type Settings } from '@minhchung/settings';
import { openSecretBox, openStore, type SecretBox, type Store } from '@minhchung/store';

/** What the service writes is nobody else's business. */
const OWNER_ONLY = 0o700;

/** Opens the database of the settings; its schema may still be old. Throws `STORE_OPEN_FAILED`. */
export async function openConfiguredStore(settings: Settings): Promise<Store> {
  const { engine, path, connection_string_file, connections_max } = settings.store;
  if (engine === 'sqlite') {
    await mkdir(dirname(path), { recursive: true, mode: OWNER_ONLY });
    return openStore({ engine, path });
  }
  const connection_string = readSecretFile('store.connection_string_file', connection_string_file ?? '');
  return openStore({ engine, connection_string, connections_max });
}

/** Opens the database, brings it up to date, hands it to `run`, and closes it. */
export async function withStore<T>(settings: Settings, run: (store: Store) => Promise<T>): Promise<T> {
  const store = await openConfiguredStore(settings);
  try {
    await store.migrate();
    return await run(store);
  } finally {
    await store.close();
  }
}

/** Where the key that seals device passwords lies. */
export function secretsKeyPath(settings: Settings): string {
  return join(settings.keys.dir, 'device-secrets.key');
}

/** Opens what seals device passwords; its key is made at first start. */
export async function openConfiguredSecrets(settings: Settings): Promise<SecretBox> {
  await mkdir(settings.keys.dir, { recursive: true, mode: OWNER_ONLY });
  return openSecretBox(secretsKeyPath(settings));
}
