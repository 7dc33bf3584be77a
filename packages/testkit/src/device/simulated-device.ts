import { Server as SecureServer } from 'node:https';
import type { Socket } from 'node:net';
import type { TimeSource } from '@minhchung/domain';
import { RTSP_SESSION_TIMEOUT_MS, TOKEN_AGE_MS_MAX_DEFAULT } from '../limits.ts';
import { rtspServer } from '../rtsp/rtsp-server.ts';
import { type ClockStep, DeviceClock } from '../time/device-clock.ts';
import { SYSTEM_TIME } from '../time/system-time.ts';
import { SERVICE_PATHS } from './addresses.ts';
import { type ChannelOptions, DeviceChannel, type StampedFrame } from './channel.ts';
import { Credentials } from './credentials.ts';
import type { DeviceCertificate, DeviceIdentity, DeviceModel, OptionalService } from './device-model.ts';
import { type DeviceFaults, noFaults } from './faults.ts';
import { type DigestAlgorithm, DigestAuthority, type DigestOptions } from './http-digest.ts';
import { deviceHttpServer } from './http-server.ts';
import { Listener } from './listener.ts';
import { type DeviceQuirks, noQuirks } from './quirks.ts';
import { SearchSessions } from './search-sessions.ts';
import type { Authorities } from './soap-endpoint.ts';
import { UsernameTokenAuthority } from './username-token.ts';

/** A way to sign in over HTTP. */
export type SignInWay = 'ws_security' | 'http_digest';

/** A camera or recorder to simulate. */
export interface DeviceOptions {
  readonly channels: readonly ChannelOptions[];
  readonly identity?: Partial<DeviceIdentity>;
  /** Default: the host's clock. */
  readonly time?: TimeSource;
  /** Device minus true; default 0. */
  readonly clock_offset_ms?: number;
  readonly clock_steps?: readonly ClockStep[];
  /** Default `admin`. */
  readonly username?: string;
  readonly password: string;
  /** Ways to sign in over HTTP; default both. RTSP always wants digest. */
  readonly sign_in?: readonly SignInWay[];
  /** Offered in this order; default MD5 then SHA-256. */
  readonly digest_algorithms?: readonly DigestAlgorithm[];
  readonly digest_nonce_life_ms?: number;
  /** How far `Created` may lie from the device's own clock; default five minutes. */
  readonly token_age_ms_max?: number;
  /** Default: recording, search and replay (Profile G). */
  readonly services?: readonly OptionalService[];
  readonly search_resolution_ms?: 1 | 1000;
  readonly rtsp_session_timeout_ms?: number;
  readonly faults?: Partial<DeviceFaults>;
  /** With one, it answers by HTTPS only (quirk 17). */
  readonly certificate?: DeviceCertificate;
  /** With one, its streams are `rtsps:`. */
  readonly rtsp_certificate?: DeviceCertificate;
  /** In what it differs from the standard; default: in nothing. */
  readonly quirks?: Partial<DeviceQuirks>;
  /** Default: its model. */
  readonly digest_realm?: string;
  /** What digest protects; default `auth`, null in the manner of RFC 2069. */
  readonly digest_qop?: DigestOptions['qop'];
  /** True: its ports are known but closed, connections are refused. */
  readonly offline?: boolean;
  /** Default 127.0.0.1. */
  readonly host?: string;
}

const IDENTITY: DeviceIdentity = {
  manufacturer: 'Minh Chung',
  model: 'Testkit NVR',
  firmware_version: '1.10',
  serial_number: '20261122000000000001',
  hardware_id: 'TK-1',
};

/** A running device. Everything that may change during a test has a method or a field in `faults`. */
export class SimulatedDevice {
  readonly clock: DeviceClock;
  readonly channels: readonly DeviceChannel[];
  readonly credentials: Credentials;
  readonly faults: DeviceFaults;
  readonly quirks: DeviceQuirks;
  /** HTTP requests answered so far, refused ones and pictures included. */
  http_request_count = 0;
  readonly #host: string;
  readonly #scheme: 'http' | 'https';
  readonly #authorities: Authorities;
  readonly #offered: Readonly<Pick<Authorities, 'username_token' | 'digest'>>;
  readonly #changeCertificate: (certificate: DeviceCertificate) => void;
  readonly #http: Listener;
  readonly #rtsp: Listener;

  /** Use `startDevice`. */
  constructor(options: DeviceOptions) {
    const time = options.time ?? SYSTEM_TIME;
    this.clock = new DeviceClock(time, options.clock_offset_ms, options.clock_steps);
    this.channels = options.channels.map((channel, n) => new DeviceChannel(n + 1, channel, this.clock));
    this.faults = { ...noFaults(), ...options.faults };
    this.quirks = { ...noQuirks(), ...options.quirks };
    this.credentials = new Credentials(options.username ?? 'admin', options.password, time, this.quirks);
    this.#host = options.host ?? '127.0.0.1';
    this.#scheme = options.certificate === undefined ? 'http' : 'https';
    const model: DeviceModel = {
      identity: { ...IDENTITY, ...options.identity },
      clock: this.clock,
      channels: this.channels,
      services: new Set(options.services ?? ['recording', 'search', 'replay']),
      searches: new SearchSessions(time),
      faults: this.faults,
      quirks: this.quirks,
      search_resolution_ms: options.search_resolution_ms ?? 1,
      scheme: this.#scheme,
      stream_scheme: options.rtsp_certificate === undefined ? 'rtsp' : 'rtsps',
      rtsp_port: () => this.#rtsp.port,
    };
    const digest = new DigestAuthority(this.credentials, time, {
      realm: options.digest_realm ?? model.identity.model,
      qop: options.digest_qop,
      algorithms: options.digest_algorithms ?? ['MD5', 'SHA-256'],
      nonce_life_ms: options.digest_nonce_life_ms,
    });
    const age_ms_max = options.token_age_ms_max ?? TOKEN_AGE_MS_MAX_DEFAULT;
    const username_token = new UsernameTokenAuthority(this.credentials, this.clock, age_ms_max, this.quirks);
    this.#offered = { username_token, digest };
    this.#authorities = { credentials: this.credentials, username_token, digest };
    this.signInBy(options.sign_in ?? ['ws_security', 'http_digest']);
    const http = deviceHttpServer(model, this.#authorities, options.certificate ?? null);
    this.#changeCertificate = (certificate) => {
      if (http instanceof SecureServer) http.setSecureContext({ ...certificate });
    };
    http.on('request', () => {
      this.http_request_count += 1;
    });
    const streams = {
      channels: this.channels,
      authorities: { credentials: this.credentials, digest },
      faults: this.faults,
      quirks: this.quirks,
      session_timeout_ms: options.rtsp_session_timeout_ms ?? RTSP_SESSION_TIMEOUT_MS,
    };
    const rtsp = rtspServer(streams, options.rtsp_certificate ?? null);
    this.#http = new Listener(http, this.#host);
    this.#rtsp = new Listener(rtsp, this.#host);
  }

  /** ONVIF device service, without user information. */
  get device_url(): string {
    return `${this.#scheme}://${this.#host}:${this.#http.port}${SERVICE_PATHS.device}`;
  }
  get http_port(): number {
    return this.#http.port;
  }
  get rtsp_port(): number {
    return this.#rtsp.port;
  }

  /** Open RTSP connections, for tests of back-pressure. */
  rtspSockets(): readonly Socket[] {
    return this.#rtsp.sockets;
  }

  /** Channel 1, 2, … Throws `RangeError` when there is none. */
  channel(number: number): DeviceChannel {
    const channel = this.channels[number - 1];
    if (!channel) throw new RangeError(`The device has no channel ${number}.`);
    return channel;
  }

  /** Held frames of a channel with the times stamped on them, in presentation order. */
  stampedFrames(number: number): StampedFrame[] {
    return this.channel(number).stampedFrames();
  }

  /** From now on only these ways to sign in over HTTP are there, as after an update of firmware (quirk 10). */
  signInBy(ways: readonly SignInWay[]): void {
    const { username_token, digest } = this.#offered;
    this.#authorities.username_token = ways.includes('ws_security') ? username_token : null;
    this.#authorities.digest = ways.includes('http_digest') ? digest : null;
  }

  /** Shows another certificate from now on; connections that stand are cut. */
  async changeCertificate(certificate: DeviceCertificate): Promise<void> {
    await this.goOffline();
    this.#changeCertificate(certificate);
    await this.goOnline();
  }

  /** Opens both ports; the same ones as before when it was offline. */
  async goOnline(): Promise<void> {
    await Promise.all([this.#http.open(), this.#rtsp.open()]);
  }

  /** Closes both ports and cuts every connection: further ones are refused. */
  async goOffline(): Promise<void> {
    await Promise.all([this.#http.close(), this.#rtsp.close()]);
  }

  /** Ends the device. */
  async close(): Promise<void> {
    await this.goOffline();
  }
}

/** Starts a device on free ports of loopback. Close it when done. */
export async function startDevice(options: DeviceOptions): Promise<SimulatedDevice> {
  const device = new SimulatedDevice(options);
  await device.goOnline();
  if (options.offline) await device.goOffline();
  return device;
}
