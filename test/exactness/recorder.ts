import { DeviceChannel, DeviceClock, FakeTime, type RecordedFootage } from '@minhchung/testkit';
import type { WorkerUnderTest } from '../../services/extraction/test/compose-worker.ts';
import type { SeedOptions } from '../../services/extraction/test/seed.ts';
import type { ExactnessCase } from './factors.ts';
import { holesOf, offsetsOf, STAGE } from './stage.ts';

/** One unit that a recorder holds, as it stamps it. In decode order. */
export type HeldUnit = ReturnType<DeviceChannel['timeline']>['units'][number];

/** A recorder of one case, ready to be asked. */
export interface CaseRecorder {
  /** How the product reaches it. */
  readonly seed: Pick<SeedOptions, 'recorder' | 'source_token' | 'credentials'>;
  /** Everything it holds, in decode order, with the times it stamped. */
  readonly held: readonly HeldUnit[];
  /** NAL units of each unit, by true time, where the container changed what was encoded; null: it did not. */
  readonly nal_units: ReadonlyMap<number, readonly Buffer[]> | null;
  /** Hands its footage in for an item, where nothing can be asked; left out: it can. */
  readonly handIn?: (places: SitePlaces, item_id: string) => Promise<void>;
  close(): Promise<void>;
}

/** Where a deployment keeps what it knows and what it has. */
export type SitePlaces = Pick<WorkerUnderTest, 'store' | 'archive'>;

/** The clock of a case's recorder. */
export function clockOf(one: Pick<ExactnessCase, 'offset'>): DeviceClock {
  const { before_ms, after_ms } = offsetsOf(one);
  const steps = after_ms === before_ms ? [] : [{ at_true_ms: STAGE.set_at_ms, offset_ms: after_ms }];
  return new DeviceClock(new FakeTime(STAGE.start_ms + STAGE.duration_ms), before_ms, steps);
}

/** What the simulator holds and stamps: the truth that every delivered frame is compared with. */
export function heldOf(
  one: Pick<ExactnessCase, 'offset' | 'span'>,
  footage: RecordedFootage,
): readonly HeldUnit[] {
  return new DeviceChannel(1, { name: 'T01', footage, holes: holesOf(one) }, clockOf(one)).timeline().units;
}
