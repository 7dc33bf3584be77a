import { mayKeepAccount } from '../owners-word.ts';
import { CellFault } from './cell-fault.ts';
import type { RecorderGroup } from './groups.ts';
import { type CameraPlan, planCamera } from './plan-camera.ts';
import { type PlanContext, unitOf } from './plan-context.ts';
import { planDevice } from './plan-device.ts';
import { planRecorder, type RecorderPlan } from './plan-recorder.ts';
import { type ImportProblem, problem } from './problem.ts';

/** What an import would do to one recorder and the cameras behind it: written together or not at all. */
export interface GroupPlan {
  /** Null when nothing of the group can be imported. */
  readonly recorder: RecorderPlan | null;
  readonly cameras: readonly CameraPlan[];
  readonly problems: readonly ImportProblem[];
}

/** Compares a group with the register; reads only. */
export async function planGroup(context: PlanContext, group: RecorderGroup): Promise<GroupPlan> {
  const problems: ImportProblem[] = [];
  let recorder: RecorderPlan | null = null;
  const cameras: CameraPlan[] = [];
  const needs_device = group.rows.some((row) => (row.reach ?? 'polled') !== 'owner_only');
  for (const row of group.rows) {
    try {
      const unit = await unitOf(context, row.unit_code);
      recorder ??= await planRecorder(context, group.recorder, unit.id, needs_device);
      const camera = await planCamera(context, row, recorder);
      checkChannelOnce(camera, cameras, group.recorder.code);
      cameras.push(camera);
    } catch (error) {
      if (!(error instanceof CellFault)) throw error;
      problems.push(
        problem({ line: row.line, column: error.column, value: error.value }, error.code, error.details),
      );
    }
  }
  if (cameras.length === 0 || recorder === null) return { recorder: null, cameras: [], problems };
  const device = await planDevice(context, recorder, cameras);
  const may_take = device === null && (await mayTakeAccount(context, recorder, cameras));
  if (may_take) return { recorder, cameras, problems };
  const refused = cameras.map(({ line }) =>
    device === null
      ? problem({ line, column: 'password' }, 'CREDENTIALS_WITHOUT_AGREEMENT', {
          recorder: recorder.after.code,
        })
      : problem({ line, column: 'device_url' }, device.code, device.details),
  );
  return { recorder: null, cameras: [], problems: [...problems, ...refused] };
}

/** An empty cell keeps the channel a camera had, which another row may name. */
function checkChannelOnce({ after }: CameraPlan, planned: readonly CameraPlan[], recorder: string): void {
  const first = planned.find((plan) => plan.after.source_token === after.source_token);
  if (first === undefined) return;
  const details = { recorder, first_line: first.line };
  throw new CellFault('source_token', after.source_token, 'CSV_SOURCE_TWICE', details);
}

/**
 * A registered recorder takes another account only on an owner's word, or a further line of a file would bring back
 * what a withdrawal destroyed. An agreement that comes with the file is one.
 */
async function mayTakeAccount(
  { repositories, now_ms }: PlanContext,
  recorder: RecorderPlan,
  planned: readonly CameraPlan[],
): Promise<boolean> {
  if (recorder.before === null || recorder.credentials === null) return true;
  if (planned.some(({ new_agreement }) => new_agreement !== null)) return true;
  const registered = await repositories.cameras.ofRecorder(recorder.before.id);
  return mayKeepAccount(repositories, [...registered, ...planned.map(({ after }) => after)], now_ms);
}

/** The same, for rows the database refused after all: another import or person was faster. */
export function refusedGroup(group: RecorderGroup): GroupPlan {
  const problems = group.rows.map((row) =>
    problem({ line: row.line, column: 'camera_code', value: row.code }, 'CSV_ROW_OVERTAKEN', {
      camera: row.code,
    }),
  );
  return { recorder: null, cameras: [], problems };
}
