import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { SOCKET_IDLE_MS, SOCKETS_PER_DEVICE_MAX } from '../limits.ts';

/** Kept-alive connections to devices, shared by as many clients as wanted. */
export interface HttpPool {
  agentFor(url: URL): HttpAgent;
  /** Closes every connection, used or idle. */
  close(): void;
}

export function createHttpPool(): HttpPool {
  const options = { keepAlive: true, maxSockets: SOCKETS_PER_DEVICE_MAX, timeout: SOCKET_IDLE_MS };
  const plain = new HttpAgent(options);
  const secure = new HttpsAgent(options);
  return {
    agentFor: (url) => (url.protocol === 'https:' ? secure : plain),
    close() {
      plain.destroy();
      secure.destroy();
    },
  };
}
