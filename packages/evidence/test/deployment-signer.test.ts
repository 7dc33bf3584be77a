import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isCoded } from '@minhchung/domain';
import { openDeploymentSigner } from '@minhchung/evidence';
import { encodePublicKeyPem } from '@minhchung/formats';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeOf, sha256 } from './package-home.ts';

let home: string;
let key_dir: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'minhchung-keys-'));
  key_dir = join(home, 'keys');
});
afterEach(() => rmSync(home, { recursive: true }));

const privatePath = (key_id: string) => join(key_dir, `${key_id}.private.pem`);
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

describe("the deployment's signing key", () => {
  it('is made at the first start and used ever after', async () => {
    const first = await openDeploymentSigner({ key_dir });
    const second = await openDeploymentSigner({ key_dir });
    expect(second.key_id).toBe(first.key_id);
    expect(first.key_id).toBe(sha256(first.public_key).slice(0, 32));
    expect(readdirSync(key_dir)).toHaveLength(3);
  });

  it('is nobody else’s to read, and its public half everybody’s', async () => {
    const signer = await openDeploymentSigner({ key_dir });
    expect(modeOf(key_dir)).toBe('700');
    expect(modeOf(privatePath(signer.key_id))).toBe('600');
    expect(readFileSync(signer.public_key_path, 'utf8')).toBe(encodePublicKeyPem(signer.public_key));
  });

  it('is another one in every deployment', async () => {
    const [a, b] = await Promise.all([
      openDeploymentSigner({ key_dir }),
      openDeploymentSigner({ key_dir: join(home, 'other') }),
    ]);
    expect(a.key_id).not.toBe(b.key_id);
  });

  it('makes signatures that OpenSSL accepts', async () => {
    const signer = await openDeploymentSigner({ key_dir });
    writeFileSync(join(home, 'message'), 'biên bản');
    writeFileSync(join(home, 'signature'), await signer.sign(Buffer.from('biên bản')));
    const given = ['-verify', '-pubin', '-inkey', signer.public_key_path, '-rawin', '-in', 'message'];
    const answer = execFileSync('openssl', ['pkeyutl', ...given, '-sigfile', 'signature'], { cwd: home });
    expect(answer.toString()).toContain('Signature Verified Successfully');
  });

  it('is one key when many processes start at once', async () => {
    const signers = await Promise.all(Array.from({ length: 8 }, () => openDeploymentSigner({ key_dir })));
    expect(new Set(signers.map((signer) => signer.key_id)).size).toBe(1);
    const again = await openDeploymentSigner({ key_dir });
    expect(again.key_id).toBe(signers[0]!.key_id);
  });

  it('gives way to a newer one, while older ones stay', async () => {
    const old = await openDeploymentSigner({ key_dir });
    unlinkSync(join(key_dir, 'current-key-id'));
    const next = await openDeploymentSigner({ key_dir });
    expect(next.key_id).not.toBe(old.key_id);
    expect(readFileSync(old.public_key_path, 'utf8')).toBe(encodePublicKeyPem(old.public_key));
  });

  it.each([
    ['its folder is open to the group', () => chmodSync(key_dir, 0o750)],
    ['the key can be read by others', (path: string) => chmodSync(path, 0o604)],
    ['the key can be written by the group', (path: string) => chmodSync(path, 0o620)],
    ['the key is a link', (path: string) => relink(path)],
  ])('is refused when %s', async (_, spoil) => {
    const { key_id } = await openDeploymentSigner({ key_dir });
    spoil(privatePath(key_id));
    expect(await codeOf(openDeploymentSigner({ key_dir }))).toBe('SIGNING_KEY_UNSAFE');
  });

  it.each([
    ['is missing', (path: string) => unlinkSync(path)],
    ['is empty', (path: string) => writeFileSync(path, '')],
    ['is another kind of key', (path: string) => makeRsaKey(path)],
    ['is not the key it is named after', (path: string) => makeEd25519Key(path)],
    ['is named by nonsense', () => writeFileSync(join(key_dir, 'current-key-id'), '../../etc/passwd\n')],
  ])('is refused, and no new one made, when it %s', async (_, spoil) => {
    const { key_id } = await openDeploymentSigner({ key_dir });
    spoil(privatePath(key_id));
    expect(await codeOf(openDeploymentSigner({ key_dir }))).toBe('SIGNING_KEY_BROKEN');
  });

  it('does not get into an error', async () => {
    const { key_id } = await openDeploymentSigner({ key_dir });
    const pem = readFileSync(privatePath(key_id), 'utf8');
    writeFileSync(privatePath(key_id), pem.replace('-----END', '-----FIN'));
    const error = await openDeploymentSigner({ key_dir }).catch((caught: unknown) => caught);
    expect(isCoded(error, 'SIGNING_KEY_BROKEN')).toBe(true);
    const told = JSON.stringify([error, String(error), (error as Error).cause ?? '', (error as Error).stack]);
    expect(told).not.toContain(pem.split('\n')[1]!);
  });
});

function relink(path: string): void {
  renameSync(path, `${path}.real`);
  symlinkSync(`${path}.real`, path);
}

function makeRsaKey(path: string): void {
  execFileSync('openssl', ['genpkey', '-quiet', '-algorithm', 'RSA', '-out', path], { stdio: 'ignore' });
  chmodSync(path, 0o600);
}

function makeEd25519Key(path: string): void {
  mkdirSync(join(home, 'made'));
  const made = join(home, 'made', 'key.pem');
  execFileSync('openssl', ['genpkey', '-algorithm', 'ed25519', '-out', made], { stdio: 'ignore' });
  copyFileSync(made, path);
  chmodSync(path, 0o600);
}
