import { type ClientRequestArgs, Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent, type RequestOptions } from 'node:https';
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import type { CertificatePins, DeviceAddress } from '@minhchung/domain';
import { SOCKET_IDLE_MS, SOCKETS_PER_DEVICE_MAX } from '../limits.ts';
import type { ConnectGuard } from './connect-guard.ts';
import { connectDevice, type DeviceTlsOptions, type SeenCertificate } from './device-tls.ts';

/** Kept-alive connections to devices, shared by as many clients as wanted. */
export interface HttpPool {
  /**
   * What a request to `url` on behalf of a device must be made with. Throws `ADDRESS_NOT_ALLOWED` where the
   * guard does; where it refuses after resolving a name, the request fails with it, as it does with
   * `CERTIFICATE_CHANGED` and `DEVICE_TLS_OLD`.
   */
  optionsFor(url: URL, address: DeviceAddress): PoolRequest;
  /** Closes every connection, used or idle. */
  close(): void;
}

/** Options of a request, with what its connection may be shared by. */
export interface PoolRequest extends RequestOptions {
  readonly shared_by: string;
  readonly device_tls: DeviceTlsOptions;
}

export interface HttpPoolOptions {
  /** Decides what may be connected to; without one, everything may. */
  readonly guard?: ConnectGuard;
  /** Decides which certificates are trusted; without them, every certificate is. */
  readonly pins?: CertificatePins;
  /** Told of every certificate met. */
  readonly onCertificate?: (certificate: SeenCertificate) => void;
}

export function createHttpPool({ guard, pins, onCertificate }: HttpPoolOptions = {}): HttpPool {
  const options = { keepAlive: true, maxSockets: SOCKETS_PER_DEVICE_MAX, timeout: SOCKET_IDLE_MS };
  // A pool may live for one poll only, of a device that speaks one of the two.
  let plain: PlainAgent | null = null;
  let secure: SecureAgent | null = null;
  const plainAgent = () => {
    plain ??= new PlainAgent(options);
    return plain;
  };
  const secureAgent = () => {
    secure ??= new SecureAgent(options);
    return secure;
  };
  return {
    optionsFor(url, address) {
      const admission = guard?.admit(url, address);
      const recorder_id = address.recorder_id ?? null;
      const is_secure = url.protocol === 'https:';
      return {
        agent: is_secure ? secureAgent() : plainAgent(),
        lookup: admission?.lookup,
        shared_by: `${is_secure ? (recorder_id ?? '') : ''} ${admission?.key ?? ''}`,
        device_tls: { label: url.host, recorder_id, pins: pins ?? null, onCertificate },
      };
    },
    close() {
      plain?.destroy();
      secure?.destroy();
    },
  };
}

type AgentRequest = ClientRequestArgs & Partial<PoolRequest>;

/** A connection that one network may have does not serve another: agents share by name, so it says by whom. */
class PlainAgent extends HttpAgent {
  override getName(options?: AgentRequest): string {
    return `${super.getName(options)}|${options?.shared_by ?? ''}`;
  }
}

/** Hands a connection to its request only after the certificate was accepted. */
class SecureAgent extends HttpsAgent {
  readonly #closing = new AbortController();

  override destroy(): void {
    this.#closing.abort();
    super.destroy();
  }

  override getName(options?: AgentRequest): string {
    return `${super.getName(options)}|${options?.shared_by ?? ''}`;
  }

  override createConnection(
    options: AgentRequest,
    callback: (error: Error | null, socket: Duplex) => void,
  ): undefined {
    const { host, port, lookup, device_tls } = options;
    const name = host ?? '';
    const connection = {
      ...{ host: name, port: Number(port), lookup, ALPNProtocols: ['http/1.1'] },
      ...(isIP(name) === 0 ? { servername: name } : {}),
    };
    connectDevice(connection, device_tls!, this.#closing.signal).then(
      (socket) => callback(null, socket),
      // An agent that is told of an error looks at no socket.
      (error) => callback(error, undefined as unknown as Duplex),
    );
  }
}
