import { createServer, type Server } from 'node:net';
import { RTSP_CONNECTION_COUNT_MAX } from '../limits.ts';
import { RtspConnection, type RtspContext } from './rtsp-connection.ts';

/** RTSP over TCP with ONVIF replay. Not listening yet. */
export function rtspServer(context: RtspContext): Server {
  const server = createServer((socket) => new RtspConnection(socket, context));
  server.maxConnections = RTSP_CONNECTION_COUNT_MAX;
  return server;
}
