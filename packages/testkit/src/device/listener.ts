import type { Server as HttpServer } from 'node:http';
import type { Server, Socket } from 'node:net';

/** A server that can be switched off and on again at the same port. */
export class Listener {
  readonly #server: Server | HttpServer;
  readonly #host: string;
  readonly #sockets = new Set<Socket>();
  #port = 0;

  constructor(server: Server | HttpServer, host: string) {
    this.#server = server;
    this.#host = host;
    server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  /** Connections that are open now. */
  get sockets(): readonly Socket[] {
    return [...this.#sockets];
  }

  /** Port once opened; kept while closed. */
  get port(): number {
    return this.#port;
  }

  /** Listens at the port it had before, or at a free one. */
  async open(): Promise<void> {
    if (this.#server.listening) return;
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.#port, this.#host, () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
    const address = this.#server.address();
    if (address && typeof address === 'object') this.#port = address.port;
  }

  /** Refuses new connections and cuts those that are open. */
  async close(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }
}
