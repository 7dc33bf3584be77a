import type { Span, TimeSource } from '@minhchung/domain';
import type { RecordedFootage } from '../recorded-video/recorded-footage.ts';
import { SYSTEM_TIME } from '../time/system-time.ts';
import { type LoopedFrame, LoopedRecording } from './looped-recording.ts';
import { noVendorQuirks, type SentTimes, type VendorOptions, type VendorQuirks } from './vendor-options.ts';

const DAY_MS = 86_400_000;

/** What a vendor recorder holds, and how it counts time. */
export class VendorModel {
  readonly options: VendorOptions;
  readonly footage: RecordedFootage;
  readonly quirks: VendorQuirks;
  readonly #time: TimeSource;
  #holes: readonly Span[];
  #recording: LoopedRecording;
  readonly #pictures = new Map<number, Buffer>();
  /** Its UTC minus true time; may be moved while it runs. */
  clock_offset_ms: number;
  /** Its local time minus its UTC; may be changed while it runs. */
  zone_min: number;

  constructor(options: VendorOptions) {
    this.options = options;
    this.footage = options.footage;
    this.quirks = { ...noVendorQuirks(), ...options.quirks };
    this.#time = options.time ?? SYSTEM_TIME;
    this.#holes = options.holes ?? [];
    this.#recording = new LoopedRecording(options.footage, this.#holes);
    this.clock_offset_ms = options.clock_offset_ms ?? 0;
    this.zone_min = options.zone_min ?? 420;
  }

  get sends(): SentTimes {
    return this.options.sends ?? 'rtcp';
  }

  /** The true instant that a written one means to this device. */
  trueOf(written_ms: number): number {
    const zone_ms = this.options.reads === 'local' ? this.zone_min * 60_000 : 0;
    return written_ms - zone_ms - this.clock_offset_ms;
  }

  /** What it stamps on a picture of a true instant, where it stamps the truth. */
  stampOf(true_ms: number): number {
    const zone_ms = this.options.stamps === 'local' ? this.zone_min * 60_000 : 0;
    return true_ms + this.clock_offset_ms + zone_ms;
  }

  /** From the oldest to the newest true instant it holds. */
  retained(): Span {
    const end_ms = Math.min(this.#time.now_ms(), this.options.stopped_at_true_ms ?? Number.MAX_SAFE_INTEGER);
    return { start_ms: this.#time.now_ms() - (this.options.days ?? 5) * DAY_MS, end_ms };
  }

  /** Loses everything recorded in a true-time span. */
  lose(hole: Span): void {
    this.#holes = [...this.#holes, hole];
    this.#recording = new LoopedRecording(this.footage, this.#holes);
  }

  /** The frames it would play of a written span; none: it holds nothing at its beginning, nor later in it. */
  framesOf(written: Span): Iterable<LoopedFrame> {
    const { quirks } = this;
    const retained = this.retained();
    const asked_ms = this.trueOf(written.start_ms);
    const end_ms = quirks.ends_ignored
      ? retained.end_ms
      : Math.min(this.trueOf(written.end_ms), retained.end_ms);
    const start_ms = quirks.starts_ignored ? retained.start_ms : Math.max(asked_ms, retained.start_ms);
    if (start_ms < end_ms) return this.#recording.from(start_ms, end_ms, quirks.start);
    if (quirks.nothing !== 'nearest') return [];
    return this.#recording.from(retained.end_ms - 20_000, retained.end_ms, quirks.start);
  }

  /** True when anything would be played. */
  hasAny(written: Span): boolean {
    for (const _ of this.framesOf(written)) return true;
    return false;
  }

  /** The coded picture at a place of the footage; read once. */
  async dataOf(index: number): Promise<Buffer> {
    const known = this.#pictures.get(index);
    if (known !== undefined) return known;
    for await (const { data } of this.footage.units(index, index + 1)) {
      this.#pictures.set(index, data);
      return data;
    }
    throw new RangeError(`The footage has no frame ${index}.`);
  }
}
