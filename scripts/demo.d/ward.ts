import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import {
  type ChannelOptions,
  type RecordedFootage,
  recordFootage,
  type Scene,
  type SimulatedDevice,
  startDevice,
  writeSegments,
} from '@minhchung/testkit';
import { type CameraPlan, RECORDERS, type RecorderPlan, type WardTimes } from './ward-plan.ts';

/** A camera of the running ward, with the truth about it. */
export interface WardCamera {
  readonly plan: CameraPlan;
  readonly recorder: RecorderPlan;
  readonly footage: RecordedFootage;
  readonly device: SimulatedDevice;
  /** 1 for the first channel. */
  readonly channel: number;
}

export interface WardRecorder {
  readonly plan: RecorderPlan;
  readonly device: SimulatedDevice;
  readonly username: string;
  readonly password: string;
  /** Where files lie, for a folder recorder. */
  readonly folder: string | null;
}

/** The running ward. */
export interface Ward {
  readonly times: WardTimes;
  readonly recorders: readonly WardRecorder[];
  readonly cameras: readonly WardCamera[];
  close(): Promise<void>;
}

/** How file names in the folder tell the time: the layout of a common media server, by the device's own clock. */
export const FOLDER_PATTERN = '%Y-%m-%d_%H-%M-%S-%f.mp4';
const SEGMENT_MS = 20_000;

/**
 * Records the ward's footage and starts its devices on loopback. `scene_file` replaces the drawn street by a video
 * of one's own.
 */
export async function startWard(options: {
  readonly directory: string;
  readonly times: WardTimes;
  readonly scene_file: string | null;
  readonly onCamera: (plan: CameraPlan) => void;
}): Promise<Ward> {
  const recorders: WardRecorder[] = [];
  const cameras: WardCamera[] = [];
  let variant = 0;
  for (const plan of RECORDERS) {
    const footages: RecordedFootage[] = [];
    for (const camera of plan.cameras) {
      footages.push(await record(camera, variant, options));
      options.onCamera(camera);
      variant += 1;
    }
    const password = randomBytes(9).toString('base64url');
    const device = await startDevice({
      channels: plan.cameras.map((camera, n) =>
        channelOf(camera, footages[n] as RecordedFootage, options.times),
      ),
      identity: { model: plan.code },
      clock_offset_ms: plan.clock_offset_ms,
      password,
      offline: plan.offline ?? false,
      ...(plan.kind === 'folder' ? { services: [] } : {}),
    });
    const folder = plan.kind === 'folder' ? join(options.directory, 'folders', plan.code) : null;
    if (folder !== null) {
      await writeSegments(footages[0] as RecordedFootage, {
        directory: folder,
        pattern: FOLDER_PATTERN,
        clock: device.clock,
        segment_ms: SEGMENT_MS,
      });
    }
    recorders.push({ plan, device, username: 'admin', password, folder });
    plan.cameras.forEach((camera, n) => {
      const footage = footages[n] as RecordedFootage;
      cameras.push({ plan: camera, recorder: plan, footage, device, channel: n + 1 });
    });
  }
  return {
    times: options.times,
    recorders,
    cameras,
    close: async () => {
      await Promise.all(recorders.map(({ device }) => device.close()));
    },
  };
}

async function record(
  camera: CameraPlan,
  variant: number,
  options: { readonly directory: string; readonly times: WardTimes; readonly scene_file: string | null },
): Promise<RecordedFootage> {
  const scene: Scene =
    options.scene_file === null
      ? { kind: 'street', variant }
      : { kind: 'file', path: options.scene_file, mirrored: variant % 2 === 1 };
  const { recorded } = options.times;
  return recordFootage({
    directory: join(options.directory, 'footage', camera.code),
    camera_name: `${camera.code} ${camera.name}`,
    start_true_ms: recorded.start_ms,
    duration_ms: recorded.end_ms - recorded.start_ms,
    scene,
    gop_ms: camera.gop_ms ?? 2000,
    b_frames: camera.b_frames ?? 0,
    variable_frame_rate: camera.variable_frame_rate ?? false,
    seed: variant + 1,
  });
}

function channelOf(camera: CameraPlan, footage: RecordedFootage, times: WardTimes): ChannelOptions {
  return {
    name: camera.name,
    footage,
    holes: camera.fault === 'hole' ? [times.hole] : [],
    holds_from_true_ms: camera.fault === 'overwritten' ? times.held_from_ms : null,
  };
}
