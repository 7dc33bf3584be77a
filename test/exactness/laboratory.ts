import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordedFootage } from '@minhchung/testkit';
import { splitLengthPrefixed } from '@minhchung/testkit';
import { type Evidence, evidenceOf } from './evidence.ts';
import type { ExactnessCase } from './factors.ts';
import { Films } from './film.ts';
import { type ChangeFile, RecordingFolders } from './folder-recorder.ts';
import { type Judgement, judge } from './judge.ts';
import type { CaseRecorder } from './recorder.ts';
import { Recordings } from './recordings.ts';
import { replayRecorder } from './replay-recorder.ts';
import { Site, type SiteOptions } from './site.ts';
import { clockHistory, isClockSet, STAGE, wantedSpan } from './stage.ts';
import { uploadRecorder } from './upload-recorder.ts';
import { vendorRecorder } from './vendor-recorder.ts';
import type { Truth } from './verdict.ts';

export interface LaboratoryOptions extends SiteOptions {
  /** A folder of its own; what is made in it stays until it is deleted. */
  readonly directory: string;
  /** Recordings shared with others; left out: below `directory`. */
  readonly recordings?: Recordings;
  /** What befalls every file that a recorder of the folder kind writes. */
  readonly changeFile?: ChangeFile;
}

/** Runs cases one after the other through a real deployment, and judges what each delivers. */
export class Laboratory {
  readonly #site: Site;
  readonly #recordings: Recordings;
  readonly #folders: RecordingFolders;
  readonly #films = new Films();
  readonly #nal_units = new Map<string, Promise<Map<number, Buffer[]>>>();

  private constructor(site: Site, { directory, recordings, changeFile }: LaboratoryOptions) {
    this.#site = site;
    this.#recordings = recordings ?? new Recordings(join(directory, 'recordings'));
    this.#folders = new RecordingFolders(join(directory, 'folders'), changeFile);
  }

  static async open(options: LaboratoryOptions): Promise<Laboratory> {
    return new Laboratory(await Site.open(options.directory, options), options);
  }

  /** Extracts a case and says what is wrong with it. */
  async run(one: ExactnessCase): Promise<Judgement> {
    const { evidence, truth } = await this.examine(one);
    return judge(evidence, truth);
  }

  /** Extracts a case: what was delivered, and what should have been. */
  async examine(one: ExactnessCase): Promise<{ evidence: Evidence; truth: Truth }> {
    const footage = await this.#recordings.of(one);
    const recorder = await this.#recorderOf(one, footage);
    try {
      const wanted = wantedSpan(one, footage);
      const seed = { ...recorder.seed, offset: clockHistory(one), wanted };
      const delivery = await this.#site.extract(seed, recorder.handIn);
      const evidence = await evidenceOf(delivery, this.#films);
      if (delivery.package !== null) await rm(delivery.package.folder, { recursive: true });
      return { evidence, truth: await this.#truthOf(one, footage, recorder) };
    } finally {
      await recorder.close();
    }
  }

  close(): Promise<void> {
    return this.#site.close();
  }

  #recorderOf(one: ExactnessCase, footage: RecordedFootage): Promise<CaseRecorder> {
    const { source } = one;
    if (source === 'replay') return replayRecorder(one, footage);
    if (source === 'vendor') return vendorRecorder(one, footage);
    if (source === 'upload') return uploadRecorder(one, footage, this.#folders);
    return this.#folders.open({ ...one, source }, footage);
  }

  async #truthOf(one: ExactnessCase, footage: RecordedFootage, recorder: CaseRecorder): Promise<Truth> {
    const nal_units = await this.#nalUnitsOf(footage);
    const wanted = wantedSpan(one, footage);
    return {
      wanted,
      held: recorder.held,
      nalUnitsOf: ({ true_time_ms }) => (recorder.nal_units ?? nal_units).get(true_time_ms)!,
      set_at_ms: isClockSet(one) ? STAGE.set_at_ms : null,
      doubtful: doubtfulOf(one, wanted),
      bound_ms_max: (STAGE.known_below_ms + STAGE.known_above_ms) / 2 + DRIFT_MS_MAX,
    };
  }

  #nalUnitsOf(footage: RecordedFootage): Promise<Map<number, Buffer[]>> {
    const known = this.#nal_units.get(footage.directory) ?? nalUnitsByTime(footage);
    this.#nal_units.set(footage.directory, known);
    return known;
  }
}

/** 100 ppm over the minute between readings and footage, on both sides, and rounding outward. */
const DRIFT_MS_MAX = 12;

/**
 * Where the clock was set nobody knows which offset held between two readings. Where it was set back, the same
 * device times come twice, and unless the order of the frames shows it nobody knows from which side any of them is.
 */
function doubtfulOf(one: ExactnessCase, wanted: Truth['wanted']): Truth['doubtful'] {
  if (!isClockSet(one)) return [];
  if (one.offset === 'set-back') return [wanted];
  const { set_at_ms, unread_ms } = STAGE;
  return [{ start_ms: set_at_ms - unread_ms, end_ms: set_at_ms + unread_ms }];
}

async function nalUnitsByTime(footage: RecordedFootage): Promise<Map<number, Buffer[]>> {
  const by_time = new Map<number, Buffer[]>();
  for await (const { frame, data } of footage.units()) {
    by_time.set(
      frame.true_time_ms,
      splitLengthPrefixed(data).map((unit) => Buffer.from(unit)),
    );
  }
  return by_time;
}
