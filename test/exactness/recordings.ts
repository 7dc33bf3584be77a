import { join } from 'node:path';
import { RecordedFootage, recordFootage } from '@minhchung/testkit';
import type { FootageKind } from './factors.ts';
import { STAGE } from './stage.ts';

const GOPS_MS: Readonly<Record<FootageKind['gop'], number>> = { '1s': 1000, '4s': 4000, '10s': 10_000 };

/** Recordings of the stage, each encoded once and kept in a folder: later asked for by others, it is opened. */
export class Recordings {
  readonly #directory: string;
  readonly #made = new Map<string, Promise<RecordedFootage>>();

  constructor(directory: string) {
    this.#directory = directory;
  }

  of(kind: FootageKind): Promise<RecordedFootage> {
    const name = `${kind.codec}-${kind.rate}-${kind.order}-${kind.gop}`;
    const made = this.#made.get(name) ?? this.#make(join(this.#directory, name), kind);
    this.#made.set(name, made);
    return made;
  }

  async #make(directory: string, kind: FootageKind): Promise<RecordedFootage> {
    const there = await RecordedFootage.open(directory).catch(() => null);
    if (there !== null) return there;
    return await recordFootage({
      directory,
      camera_name: 'T01',
      start_true_ms: STAGE.start_ms,
      duration_ms: STAGE.duration_ms,
      width: 192,
      height: 144,
      fps: 12.5,
      bitrate_kbps_max: 800,
      codec: kind.codec,
      variable_frame_rate: kind.rate === 'vfr',
      b_frames: kind.order === 'b' ? 2 : 0,
      gop_ms: GOPS_MS[kind.gop],
      keyframes_at_true_ms: [STAGE.set_at_ms, STAGE.hole.end_ms],
      seed: kind.gop.length,
    });
  }
}
