import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createSecureServer } from 'node:tls';
import type { DeviceCertificate } from '../device/device-model.ts';
import { RTSP_CONNECTION_COUNT_MAX } from '../limits.ts';
import { RtspConnection, type RtspContext } from './rtsp-connection.ts';

/** RTSP over TCP, or over TLS with a certificate, with ONVIF replay. Not listening yet. */
export function rtspServer(context: RtspContext, certificate: DeviceCertificate | null): Server {
  const serve = (socket: Socket) => void new RtspConnection(socket, context);
  const server = certificate === null ? createServer(serve) : createSecureServer({ ...certificate }, serve);
  server.maxConnections = RTSP_CONNECTION_COUNT_MAX;
  return server;
}
