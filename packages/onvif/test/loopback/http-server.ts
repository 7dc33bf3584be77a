import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** One POST as it arrived. */
export interface SeenPost {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** Which connection it came on, counted from 1. */
  readonly connection: number;
}

export interface LoopbackHttpServer {
  readonly device_url: string;
  readonly seen: readonly SeenPost[];
  close(): Promise<void>;
}

export type Answer = (post: SeenPost, response: ServerResponse, socket: Socket) => void;

/** A device that answers exactly what a test wants. */
export async function startHttpServer(answer: Answer): Promise<LoopbackHttpServer> {
  const seen: SeenPost[] = [];
  const connections = new Map<Socket, number>();
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const socket = request.socket;
    connections.set(socket, connections.get(socket) ?? connections.size + 1);
    const post = {
      path: request.url ?? '',
      headers: request.headers,
      body,
      connection: connections.get(socket)!,
    };
    seen.push(post);
    answer(post, response, socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    device_url: `http://127.0.0.1:${port}/onvif/device_service`,
    seen,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A SOAP answer. */
export function envelope(content: string): string {
  return `<?xml version="1.0"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body>${content}</s:Body></s:Envelope>`;
}

/** A SOAP fault with a subcode. */
export function fault(subcode: string, text = 'x'): string {
  return envelope(
    `<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>ter:${subcode}</s:Value></s:Subcode></s:Code><s:Reason><s:Text>${text}</s:Text></s:Reason></s:Fault>`,
  );
}

/** `GetSystemDateAndTimeResponse` with these children. */
export function dateAndTime(content: string): string {
  return envelope(
    `<tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime>${content}</tds:SystemDateAndTime></tds:GetSystemDateAndTimeResponse>`,
  );
}

/** `tt:UTCDateTime` or another element of civil time: year, month, day, hour, minute, second. */
export function civil(name: string, fields: readonly (number | string)[]): string {
  const [year, month, day, hour, minute, second] = fields;
  return `<tt:${name}><tt:Time><tt:Hour>${hour}</tt:Hour><tt:Minute>${minute}</tt:Minute><tt:Second>${second}</tt:Second></tt:Time><tt:Date><tt:Year>${year}</tt:Year><tt:Month>${month}</tt:Month><tt:Day>${day}</tt:Day></tt:Date></tt:${name}>`;
}

export const INFORMATION = envelope(
  '<tds:GetDeviceInformationResponse><tds:Manufacturer>A &amp; B</tds:Manufacturer><tds:Model>NVR</tds:Model>' +
    '<tds:FirmwareVersion>1.10</tds:FirmwareVersion><tds:SerialNumber>00012345678901234567</tds:SerialNumber>' +
    '<tds:HardwareId>1.0</tds:HardwareId></tds:GetDeviceInformationResponse>',
);
