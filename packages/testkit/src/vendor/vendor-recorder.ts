import { createServer, type Socket } from 'node:net';
import { Credentials } from '../device/credentials.ts';
import { DigestAuthority } from '../device/http-digest.ts';
import { Listener } from '../device/listener.ts';
import { noQuirks } from '../device/quirks.ts';
import { SYSTEM_TIME } from '../time/system-time.ts';
import { VendorConnection } from './vendor-connection.ts';
import { VendorModel } from './vendor-model.ts';
import type { VendorOptions, VendorQuirks } from './vendor-options.ts';

/** A running recorder that plays at its maker's address. Quirks, clock and zone may be changed while it runs. */
export class VendorRecorder {
  readonly model: VendorModel;
  readonly credentials: Credentials;
  /** Addresses that were asked for, in order. */
  readonly asked: string[] = [];
  readonly #listener: Listener;

  /** Use `startVendorRecorder`. */
  constructor(options: VendorOptions) {
    const time = options.time ?? SYSTEM_TIME;
    this.model = new VendorModel(options);
    this.credentials = new Credentials(options.username ?? 'admin', options.password, time, noQuirks());
    const digest = new DigestAuthority(this.credentials, time, {
      realm: options.vendor,
      algorithms: ['MD5'],
    });
    const context = {
      model: this.model,
      digest,
      credentials: this.credentials,
      sessions: new Set<Socket>(),
      onAsked: (uri: string) => void this.asked.push(uri),
    };
    this.#listener = new Listener(
      createServer((socket) => new VendorConnection(socket, context)),
      '127.0.0.1',
    );
  }

  get quirks(): VendorQuirks {
    return this.model.quirks;
  }

  /** Its RTSP service, without path and account. */
  get device_url(): string {
    return `rtsp://127.0.0.1:${this.#listener.port}`;
  }

  /** Opens its port; the same as before when it was closed. */
  async goOnline(): Promise<void> {
    await this.#listener.open();
  }

  /** Refuses connections and cuts those that are open. */
  async close(): Promise<void> {
    await this.#listener.close();
  }
}

/** Starts a recorder on a free port of loopback. Close it when done. */
export async function startVendorRecorder(options: VendorOptions): Promise<VendorRecorder> {
  const recorder = new VendorRecorder(options);
  await recorder.goOnline();
  return recorder;
}
