import { createServer, type Server } from 'node:net';
import type { DeviceChannel } from '../device/channel.ts';
import type { DeviceFaults } from '../device/faults.ts';
import type { Authorities } from '../device/soap-endpoint.ts';
import { RTSP_CONNECTION_COUNT_MAX } from '../limits.ts';
import { RtspConnection } from './rtsp-connection.ts';

/** What the RTSP side of a device needs of it. */
export interface RtspContext {
  readonly channels: readonly DeviceChannel[];
  readonly authorities: Pick<Authorities, 'credentials' | 'digest'>;
  readonly faults: DeviceFaults;
  readonly session_timeout_ms: number;
}

/** RTSP over TCP with ONVIF replay. Not listening yet. */
export function rtspServer(context: RtspContext): Server {
  const server = createServer((socket) => new RtspConnection(socket, context));
  server.maxConnections = RTSP_CONNECTION_COUNT_MAX;
  return server;
}
