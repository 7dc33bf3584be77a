import { type ClientRequestArgs, Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent, type RequestOptions } from 'node:https';
import type { DeviceAddress } from '@minhchung/domain';
import { SOCKET_IDLE_MS, SOCKETS_PER_DEVICE_MAX } from '../limits.ts';
import type { ConnectGuard } from './connect-guard.ts';

/** Kept-alive connections to devices, shared by as many clients as wanted. */
export interface HttpPool {
  /**
   * What a request to `url` on behalf of a device must be made with. Throws `ADDRESS_NOT_ALLOWED` where the
   * guard does; where it refuses after resolving a name, the request fails with it.
   */
  optionsFor(url: URL, address: DeviceAddress): PoolRequest;
  /** Closes every connection, used or idle. */
  close(): void;
}

/** Options of a request, with what its connection may be shared by. */
export interface PoolRequest extends RequestOptions {
  readonly shared_by: string;
}

export interface HttpPoolOptions {
  /** Decides what may be connected to; without one, everything may. */
  readonly guard?: ConnectGuard;
}

export function createHttpPool({ guard }: HttpPoolOptions = {}): HttpPool {
  const options = { keepAlive: true, maxSockets: SOCKETS_PER_DEVICE_MAX, timeout: SOCKET_IDLE_MS };
  const plain = new PlainAgent(options);
  const secure = new SecureAgent(options);
  return {
    optionsFor(url, address) {
      const agent = url.protocol === 'https:' ? secure : plain;
      const admission = guard?.admit(url, address);
      if (admission === undefined) return { agent, shared_by: '' };
      return { agent, lookup: admission.lookup, shared_by: admission.key };
    },
    close() {
      plain.destroy();
      secure.destroy();
    },
  };
}

/** A connection that one network may have does not serve another: agents share by name, so it says by whom. */
class PlainAgent extends HttpAgent {
  override getName(options?: ClientRequestArgs & Partial<PoolRequest>): string {
    return `${super.getName(options)}|${options?.shared_by ?? ''}`;
  }
}

class SecureAgent extends HttpsAgent {
  override getName(options?: ClientRequestArgs & Partial<PoolRequest>): string {
    return `${super.getName(options)}|${options?.shared_by ?? ''}`;
  }
}
