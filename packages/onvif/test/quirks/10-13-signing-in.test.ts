import { SYSTEM_TIME } from '@minhchung/testkit';
import { describe, expect, it } from 'vitest';
import { createDeviceClient, createDeviceMemory, createRefusedCredentials } from '../../src/index.ts';
import { recorders, SIGNAL } from '../support/recorders.ts';
import { expectReadableError, failureOf } from '../support/technician.ts';

const { start, clientOf } = recorders();

describe('quirk 10: an update of firmware removes the token, digest only', () => {
  it('follows, in the same client and in the next one', async () => {
    const device = await start({ sign_in: ['ws_security'] });
    const memory = createDeviceMemory();
    const client = clientOf(device, { memory });
    await client.describe(SIGNAL);
    device.signInBy(['http_digest']);
    expect((await client.describe(SIGNAL)).model).toBe('Testkit NVR');
    device.signInBy(['ws_security']);
    expect((await clientOf(device, { memory }).describe(SIGNAL)).model).toBe('Testkit NVR');
    expect(device.credentials.refusal_count).toBe(0);
  });
});

describe('quirk 11: the media service wants digest and says so in a web page', () => {
  it('is given digest there, and the others their token', async () => {
    const device = await start({ quirks: { media_wants_digest: true } });
    const client = clientOf(device);
    await client.describe(SIGNAL);
    expect(await client.profiles(SIGNAL)).toHaveLength(3);
    await client.describe(SIGNAL);
    expect(await client.profiles(SIGNAL)).toHaveLength(3);
    expect(device.credentials.refusal_count).toBe(0);
  });
});

describe('quirk 12: digest fails because the uri does not match', () => {
  it('signs path and query, as they stand in the request line', async () => {
    const device = await start({ sign_in: ['http_digest'], quirks: { media_query: '?service=media&v=1' } });
    expect(await clientOf(device).profiles(SIGNAL)).toHaveLength(3);
    expect(device.credentials.refusal_count).toBe(0);
  });
});

describe('quirk 13: locks out after few wrong passwords', () => {
  it.each(['http_digest', 'ws_security'] as const)(
    'is shown a wrong password once (%s), whatever is asked and by whichever client',
    async (way) => {
      const device = await start({ sign_in: [way], quirks: { locks_after_refusals: 3 } });
      const memory = createDeviceMemory();
      const refused = createRefusedCredentials();
      const address = { device_url: device.device_url, username: 'admin', password: 'sai rồi' };
      for (let poll = 0; poll < 4; poll += 1) {
        const client = createDeviceClient({ address, time: SYSTEM_TIME, memory, refused });
        const error = await failureOf(client.recordings(SIGNAL));
        await client.close();
        expectReadableError(error, 'DEVICE_REFUSED', '127.0.0.1', {
          vi: /từ chối tài khoản.*nhập lại mật khẩu/,
          en: /refused the account.*enter the password anew/,
        });
      }
      expect(device.credentials.refusal_count).toBe(1);
      expect(device.credentials.is_locked).toBe(false);
      memory.forgetAccount();
      expect(await clientOf(device, { memory, refused }).recordings(SIGNAL)).toHaveLength(3);
    },
  );

  it('is not shown a password while somebody else has it locked', async () => {
    const device = await start({ sign_in: ['ws_security'], quirks: { locks_after_refusals: 1 } });
    const wrong = { device_url: device.device_url, username: 'admin', password: 'của người khác' };
    const other = createDeviceClient({ address: wrong, time: SYSTEM_TIME });
    await failureOf(other.describe(SIGNAL));
    await other.close();
    expect(device.credentials.is_locked).toBe(true);
    const memory = createDeviceMemory();
    expect((await failureOf(clientOf(device, { memory }).describe(SIGNAL))).code).toBe('DEVICE_REFUSED');
    expect(memory.is_refused).toBe(false);
    expect(device.credentials.refusal_count).toBe(1);
  });
});

describe('quirk 23: "Security must be understood but cannot be handled"', () => {
  it('is not sent a security header that it did not ask for', async () => {
    const device = await start({ sign_in: ['http_digest'], quirks: { refuses_security_header: true } });
    const client = clientOf(device);
    expect((await client.describe(SIGNAL)).model).toBe('Testkit NVR');
    expect(await client.recordings(SIGNAL)).toHaveLength(3);
  });

  it('is told with the way out where it asks for one and refuses it', async () => {
    const device = await start({ sign_in: ['ws_security'], quirks: { refuses_security_header: true } });
    const memory = createDeviceMemory();
    expectReadableError(
      await failureOf(clientOf(device, { memory }).describe(SIGNAL)),
      'DEVICE_BROKEN',
      '127.0.0.1',
      { vi: /WS-Security.*bật xác thực digest/, en: /WS-Security.*switch digest authentication on/ },
    );
    expect(memory.is_refused).toBe(false);
  });
});
