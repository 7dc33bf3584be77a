import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** One request as it arrived. Header names in lower case. */
export interface SeenRequest {
  readonly method: string;
  readonly uri: string;
  readonly headers: ReadonlyMap<string, string>;
}

/** What a test's server answers: status line, headers, body; then it may send packets on the socket. */
export interface RtspAnswer {
  readonly status?: string;
  readonly headers?: readonly string[];
  readonly body?: string;
  readonly afterwards?: (socket: Socket) => void;
}

export interface LoopbackRtspServer {
  readonly uri: string;
  readonly seen: readonly SeenRequest[];
  /** Sockets that are still open. */
  readonly open: ReadonlySet<Socket>;
  close(): Promise<void>;
}

export const SDP = [
  'v=0',
  'o=- 1 1 IN IP4 127.0.0.1',
  's=replay',
  't=0 0',
  'a=control:*',
  'm=video 0 RTP/AVP 96',
  'a=rtpmap:96 H264/90000',
  'a=fmtp:96 packetization-mode=1;sprop-parameter-sets=Z0LADNkBYJbARAAAAwAEAAADAFA8UKkg,aMuDyyA=',
  'a=control:video',
  'm=audio 0 RTP/AVP 0',
  'a=control:audio',
  '',
].join('\r\n');

/** A server that does what the tests' `override` says and else plays along, sending `packets` after PLAY. */
export async function startRtspServer(
  packets: (socket: Socket) => void,
  override: (request: SeenRequest, count: number) => RtspAnswer | 'silence' | null = () => null,
): Promise<LoopbackRtspServer> {
  const seen: SeenRequest[] = [];
  const open = new Set<Socket>();
  // Answers are small: waiting to send more at once would cost 40 ms each.
  const server = createServer({ noDelay: true }, (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket)).on('error', () => {});
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      for (let end = text.indexOf('\r\n\r\n'); end !== -1; end = text.indexOf('\r\n\r\n')) {
        const request = parse(text.slice(0, end));
        text = text.slice(end + 4);
        if (request === null) continue;
        seen.push(request);
        const answer = override(request, seen.filter(({ method }) => method === request.method).length);
        if (answer !== 'silence') send(socket, request, answer ?? usual(request, packets));
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    uri: `rtsp://127.0.0.1:${port}/replay/1`,
    seen,
    open,
    async close() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function usual({ method, uri }: SeenRequest, packets: (socket: Socket) => void): RtspAnswer {
  switch (method) {
    case 'OPTIONS':
      return { headers: ['Public: OPTIONS, DESCRIBE, SETUP, PLAY, GET_PARAMETER, TEARDOWN'] };
    case 'DESCRIBE':
      return { headers: [`Content-Base: ${uri}/`, 'Content-Type: application/sdp'], body: SDP };
    case 'SETUP':
      return { headers: ['Session: 42;timeout=60', 'Transport: RTP/AVP/TCP;unicast;interleaved=0-1'] };
    case 'PLAY':
      return { headers: ['Session: 42'], afterwards: packets };
    default:
      return {};
  }
}

function send(socket: Socket, request: SeenRequest, answer: RtspAnswer): void {
  const body = answer.body ?? '';
  const head = [
    `RTSP/1.0 ${answer.status ?? '200 OK'}`,
    `CSeq: ${request.headers.get('cseq')}`,
    ...(answer.headers ?? []),
    ...(body === '' ? [] : [`Content-Length: ${Buffer.byteLength(body)}`]),
  ];
  if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  answer.afterwards?.(socket);
}

function parse(text: string): SeenRequest | null {
  const [start = '', ...lines] = text.split('\r\n');
  const match = /^([A-Z_]+) (\S+) RTSP\/1\.0$/.exec(start);
  if (match === null) return null;
  const headers = new Map(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
    }),
  );
  return { method: match[1]!, uri: match[2]!, headers };
}
