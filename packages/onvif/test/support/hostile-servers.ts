import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { envelope } from '../loopback/http-server.ts';

/** What a hostile device does with one connection after it has read a request. */
export type Hostility = (socket: Socket) => void;

const MEGABYTE = 1024 * 1024;
const XML = 'HTTP/1.1 200 OK\r\nContent-Type: application/soap+xml\r\n';

/** Writes `next()` as fast as the client takes it, until the client hangs up or `total_bytes` are out. */
function pour(socket: Socket, next: () => Buffer | string, total_bytes = Number.POSITIVE_INFINITY): void {
  let sent_bytes = 0;
  const more = () => {
    while (!socket.destroyed && sent_bytes < total_bytes) {
      const block = next();
      sent_bytes += block.length;
      if (!socket.write(block)) return void socket.once('drain', more);
    }
  };
  more();
}

/** Writes `text` a byte at a time, for ever. */
function trickle(socket: Socket, text: string): void {
  let at = 0;
  const timer = setInterval(() => socket.write(text[at++ % text.length]!), 10);
  socket.once('close', () => clearInterval(timer));
}

function answer(socket: Socket, body: string | Buffer, headers = ''): void {
  const bytes = Buffer.from(body);
  socket.write(`${XML}${headers}Content-Length: ${bytes.length}\r\n\r\n`);
  socket.write(bytes);
}

const block = Buffer.alloc(64 * 1024, 0x61);

/** Every hostility, by what it is. */
export const HOSTILITIES: Readonly<Record<string, Hostility>> = {
  'answers 200 MB': (socket) => {
    socket.write(`${XML}Content-Length: ${200 * MEGABYTE}\r\n\r\n`);
    pour(socket, () => block, 200 * MEGABYTE);
  },
  'answers for ever, in chunks': (socket) => {
    socket.write(`${XML}Transfer-Encoding: chunked\r\n\r\n`);
    pour(socket, () => Buffer.concat([Buffer.from('10000\r\n'), block, Buffer.from('\r\n')]));
  },
  'lets its answer trickle in': (socket) => {
    socket.write(`${XML}\r\n`);
    trickle(socket, '<a/>');
  },
  'lets its headers trickle in': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\n');
    trickle(socket, 'X: y\r\n');
  },
  'says nothing': () => {},
  'drops the connection in the middle': (socket) => {
    socket.write(`${XML}Content-Length: 5000\r\n\r\n<s:Envelope>`, () => socket.destroy());
  },
  'drops the connection at once': (socket) => socket.destroy(),
  'sends an entity bomb': (socket) => {
    const lines = Array.from({ length: 9 }, (_, n) => `<!ENTITY e${n + 1} "${`&e${n};`.repeat(10)}">`);
    answer(socket, `<!DOCTYPE x [<!ENTITY e0 "ha">${lines.join('')}]>${envelope('<a>&e9;</a>')}`);
  },
  'nests a hundred thousand elements': (socket) => answer(socket, '<a>'.repeat(100_000)),
  'sends a hundred thousand siblings more than can be': (socket) =>
    answer(socket, envelope('<a/>'.repeat(200_000))),
  'floods one element with attributes': (socket) => {
    const attributes = Array.from({ length: 90_000 }, (_, n) => ` a${n}=""`).join('');
    answer(socket, envelope(`<a${attributes}/><a${attributes}/>`).slice(0, MEGABYTE - 100));
  },
  'floods one element with references': (socket) => answer(socket, envelope('&amp;'.repeat(200_000))),
  'floods one element with bare ampersands': (socket) =>
    answer(socket, envelope(`${'&'.repeat(MEGABYTE - 1_000)};`)),
  'redirects for ever': (socket) => {
    socket.write('HTTP/1.1 302 Found\r\nLocation: /onvif/device_service\r\nContent-Length: 0\r\n\r\n');
  },
  'sends headers for ever': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\n');
    pour(socket, () => `X-Header: ${'a'.repeat(1_000)}\r\n`);
  },
  'sends one header for ever': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\nX-Header: ');
    pour(socket, () => block);
  },
  'sends a status line for ever': (socket) => {
    socket.write('HTTP/1.1 200 ');
    pour(socket, () => block);
  },
  'sends chunk extensions for ever': (socket) => {
    socket.write(`${XML}Transfer-Encoding: chunked\r\n\r\n1;`);
    pour(socket, () => block);
  },
  'sends a chunk extension with every byte': (socket) => {
    socket.write(`${XML}Transfer-Encoding: chunked\r\n\r\n`);
    pour(socket, () => `1;x=${'y'.repeat(2_000)}\r\n \r\n`);
  },
  'sends trailers for ever': (socket) => {
    socket.write(`${XML}Transfer-Encoding: chunked\r\n\r\n1\r\n \r\n0\r\n`);
    pour(socket, () => `X-Trailer: ${'a'.repeat(1_000)}\r\n`);
  },
  'sends a gzip bomb, unasked': (socket) =>
    answer(socket, gzipSync(Buffer.alloc(64 * MEGABYTE, 0x20)), 'Content-Encoding: gzip\r\n'),
  'announces itself for ever (1xx)': (socket) =>
    pour(socket, () => 'HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n'.repeat(500)),
  'challenges with a header of 15 KB': (socket) => {
    const value = `Digest realm="${'a,'.repeat(7_000)}", nonce="n"`;
    socket.write(`HTTP/1.1 401 No\r\nWWW-Authenticate: ${value}\r\nContent-Length: 0\r\n\r\n`);
  },
};

/** A device that treats every connection like that. */
export async function startHostileServer(hostility: Hostility) {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => {}).on('close', () => open.delete(socket));
    socket.on('data', (bytes) => {
      if (bytes.includes('POST')) hostility(socket);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    device_url: `http://127.0.0.1:${port}/onvif/device_service`,
    async close() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
