import {
  type Bilingual,
  type ClockReading,
  CodedError,
  type DeviceAddress,
  isCoded,
  type TimeSource,
} from '@minhchung/domain';
import type { RefusedCredentials } from '../auth/refused-credentials.ts';
import { brokenDevice } from '../broken-device.ts';
import { DEVICE_CLOCK_AGE_MS_MAX } from '../limits.ts';
import { packageRequest, type SoapRequest } from '../soap/envelope.ts';
import { type Deadline, startDeadline } from '../transport/deadline.ts';
import type { HttpPool } from '../transport/http-pool.ts';
import { SoapClient } from '../transport/soap-client.ts';
import type { TimedContent } from '../transport/soap-exchange.ts';
import type { XmlElement } from '../xml/element.ts';
import { XmlError } from '../xml/xml-error.ts';
import { readSystemDateAndTime } from './device-clock.ts';
import type { LearnedDevice } from './device-memory.ts';
import {
  fromCapabilities,
  fromServices,
  type ServiceAddresses,
  type ServiceName,
} from './service-addresses.ts';

export interface DeviceSessionOptions {
  readonly address: DeviceAddress;
  readonly time: TimeSource;
  readonly pool: HttpPool;
  readonly refused: RefusedCredentials;
  readonly memory: LearnedDevice;
}

/** Asks one device's services: knows where they are, signs in, keeps the deadline, reads the clock. */
export class DeviceSession {
  readonly device_url: URL;
  /** `host:port`, for errors. */
  readonly label: string;
  readonly #options: DeviceSessionOptions;
  readonly #soap: SoapClient;

  constructor(options: DeviceSessionOptions) {
    this.#options = options;
    this.device_url = new URL(options.address.device_url);
    this.label = this.device_url.host;
    this.#soap = new SoapClient({
      ...options,
      label: this.label,
      deviceNow_ms: (deadline, anew) => this.#deviceNow_ms(deadline, anew),
    });
  }

  /** Runs one question of the port: every error of it is coded, every way out of it ends by its deadline. */
  async within<Result>(
    signal: AbortSignal,
    deadline_ms: number,
    act: (deadline: Deadline) => Promise<Result>,
  ): Promise<Result> {
    const deadline = startDeadline(signal, deadline_ms, this.label);
    try {
      if (deadline.is_over) throw deadline.error();
      return await act(deadline);
    } catch (error) {
      // Escaping refuses names and tokens that XML cannot carry.
      if (error instanceof XmlError) throw this.broken(error.texts, error);
      throw error;
    } finally {
      deadline.close();
    }
  }

  /** Asks the device service. */
  async askDevice(request: SoapRequest, deadline: Deadline): Promise<XmlElement> {
    return (await this.#soap.ask(this.device_url, request, deadline)).content;
  }

  /** Asks another service. Throws `DEVICE_UNSUPPORTED` where the device has none. */
  async ask(name: ServiceName, request: SoapRequest, deadline: Deadline): Promise<XmlElement> {
    const path = (await this.services(deadline))[name];
    if (path === undefined) {
      throw new CodedError('DEVICE_UNSUPPORTED', { address: this.label, feature: name });
    }
    return (await this.#soap.ask(new URL(path, this.device_url), request, deadline)).content;
  }

  /** Where the services are: remembered, else asked. */
  async services(deadline: Deadline): Promise<ServiceAddresses> {
    const { memory } = this.#options;
    if (memory.services !== null) return memory.services;
    try {
      const content = await this.askDevice(packageRequest('getServices'), deadline);
      memory.services = fromServices(content, this.device_url);
    } catch (error) {
      if (!isCoded(error, 'DEVICE_UNSUPPORTED', 'DEVICE_BROKEN')) throw error;
      const content = await this.askDevice(packageRequest('getCapabilities'), deadline);
      memory.services = fromCapabilities(content, this.device_url);
    }
    return memory.services;
  }

  /** Reads the clock. The standard gives the time to anyone; some devices give it to account holders only. */
  async readClock(deadline: Deadline): Promise<ClockReading> {
    const { address, memory } = this.#options;
    const request = packageRequest('getSystemDateAndTime');
    if (!memory.clock_wants_account) {
      try {
        return this.#toReading(await this.#soap.askOpenly(this.device_url, request, deadline));
      } catch (error) {
        if (!isCoded(error, 'DEVICE_REFUSED') || address.username === null) throw error;
      }
    }
    const reading = this.#toReading(await this.#soap.ask(this.device_url, request, deadline));
    memory.clock_wants_account = true;
    return reading;
  }

  broken(reason: Bilingual, cause?: unknown): CodedError {
    return brokenDevice(this.label, reason, cause);
  }

  /** The device's own idea of now. Where it has none to tell, ours: it is then the best guess for a token. */
  async #deviceNow_ms(deadline: Deadline, anew: boolean): Promise<number> {
    const { memory, time } = this.#options;
    const is_seen_lately =
      !anew &&
      memory.clock_offset_ms !== null &&
      performance.now() - memory.clock_seen_at_ms <= DEVICE_CLOCK_AGE_MS_MAX;
    if (!is_seen_lately && !memory.clock_wants_account) {
      const request = packageRequest('getSystemDateAndTime');
      try {
        this.#toReading(await this.#soap.askOpenly(this.device_url, request, deadline));
      } catch (error) {
        if (!isCoded(error, 'DEVICE_REFUSED', 'DEVICE_BROKEN', 'DEVICE_UNSUPPORTED')) throw error;
      }
    }
    return time.now_ms() + (memory.clock_offset_ms ?? 0);
  }

  #toReading({ content, sent_at_ms, received_at_ms }: TimedContent): ClockReading {
    const stated = readSystemDateAndTime(content);
    if ('unknown_because' in stated) throw this.broken(stated.unknown_because);
    const { memory } = this.#options;
    // ONVIF cuts off the fraction of a second: on average the clock stood half a second further.
    memory.clock_offset_ms = stated.device_time_ms + 500 - (sent_at_ms + received_at_ms) / 2;
    memory.clock_seen_at_ms = performance.now();
    return { ...stated, resolution_ms: 1000, sent_at_ms, received_at_ms };
  }
}
