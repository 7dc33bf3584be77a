import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { join, resolve } from 'node:path';
import { CodedError, type Signer } from '@minhchung/domain';
import { encodePublicKeyPem, KEY_ID_PATTERN } from '@minhchung/formats';
import { openKeyFolder, readSecretFile, writeNewFile } from './key-folder.ts';
import { keyIdOf, rawPublicKey } from './public-key.ts';

/** Names the key in use, so that a newer one can take over while older ones stay to be verified with. */
const CURRENT_NAME = 'current-key-id';

/** A key may be named by a broken start-up at most this often before something else is wrong. */
const START_ATTEMPTS_MAX = 2;

/** The deployment's signer, and where its public key lies to be published. */
export interface DeploymentSigner extends Signer {
  readonly public_key_path: string;
}

/**
 * Opens the deployment's Ed25519 key, and makes one at the first start; there is no default key. In `key_dir`:
 *
 * - `<key id>.private.pem`  PKCS #8, mode 0600
 * - `<key id>.public.pem`   to be published
 * - `current-key-id`        which key signs
 *
 * `current-key-id` is written last and exclusively: a crash before leaves a key that nothing was signed with, and
 * of two processes that start at once both use the key of the one that came first. Throws `SIGNING_KEY_UNSAFE`
 * when others could read folder or key, `SIGNING_KEY_BROKEN` when the key is missing or not the one it is named.
 */
export async function openDeploymentSigner(options: { readonly key_dir: string }): Promise<DeploymentSigner> {
  const key_dir = resolve(options.key_dir);
  await openKeyFolder(key_dir);
  for (let attempt = 0; attempt < START_ATTEMPTS_MAX; attempt++) {
    const key_id = (await readSecretFile(join(key_dir, CURRENT_NAME)))?.trim();
    if (key_id !== undefined) return openKey(key_dir, key_id);
    await createKey(key_dir);
  }
  throw broken(join(key_dir, CURRENT_NAME), 'it cannot be made');
}

async function createKey(key_dir: string): Promise<void> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const raw = rawPublicKey(publicKey);
  const key_id = keyIdOf(raw);
  await writeNewFile(
    privatePath(key_dir, key_id),
    privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  );
  await writeNewFile(publicPath(key_dir, key_id), encodePublicKeyPem(raw), 0o644);
  await writeNewFile(join(key_dir, CURRENT_NAME), `${key_id}\n`);
}

async function openKey(key_dir: string, key_id: string): Promise<DeploymentSigner> {
  if (!KEY_ID_PATTERN.test(key_id)) throw broken(join(key_dir, CURRENT_NAME), 'it holds no key id');
  const path = privatePath(key_dir, key_id);
  const pem = await readSecretFile(path);
  if (pem === null) throw broken(path, 'the file is missing');
  const private_key = parsePrivateKey(path, pem);
  const public_key = rawPublicKey(createPublicKey(private_key));
  if (keyIdOf(public_key) !== key_id) throw broken(path, 'it is not the key it is named after');
  return {
    key_id,
    public_key,
    public_key_path: publicPath(key_dir, key_id),
    sign: async (message) => sign(null, message, private_key),
  };
}

function parsePrivateKey(path: string, pem: string): KeyObject {
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch {
    // The cause might quote the file.
    throw broken(path, 'it is not a private key in PEM');
  }
  if (key.asymmetricKeyType !== 'ed25519') throw broken(path, 'it is not an Ed25519 key');
  return key;
}

function privatePath(key_dir: string, key_id: string): string {
  return join(key_dir, `${key_id}.private.pem`);
}

function publicPath(key_dir: string, key_id: string): string {
  return join(key_dir, `${key_id}.public.pem`);
}

function broken(path: string, reason: string): CodedError {
  return new CodedError('SIGNING_KEY_BROKEN', { path, reason });
}
