import type { Position, Span } from '@minhchung/domain';

/** When everything in the demo's ward happens, in true time. */
export interface WardTimes {
  /** What the cameras recorded. */
  readonly recorded: Span;
  /** What the officer asks for: 60 s within it. */
  readonly wanted: Span;
  /** What one recorder lost within the wanted span. */
  readonly hole: Span;
  /** What one recorder has kept: everything older is overwritten. */
  readonly held_from_ms: number;
}

/**
 * Times for a demo that starts at `now_ms`: footage of the last few minutes, because a request is about what has
 * been recorded, old enough that a recorder has finished writing it.
 */
export function wardTimes(now_ms: number): WardTimes {
  const start_ms = Math.floor(now_ms / 1000) * 1000 - 230_000;
  return {
    recorded: { start_ms, end_ms: start_ms + 100_000 },
    wanted: { start_ms: start_ms + 20_000, end_ms: start_ms + 80_000 },
    hole: { start_ms: start_ms + 40_000, end_ms: start_ms + 60_000 },
    held_from_ms: start_ms + 86_000,
  };
}

/** How one camera of the ward records. */
export interface CameraPlan {
  readonly code: string;
  readonly name: string;
  readonly kind: 'community' | 'household';
  readonly position: Position;
  readonly aim_point: Position;
  readonly owner: string | null;
  readonly b_frames?: number;
  readonly variable_frame_rate?: boolean;
  readonly gop_ms?: number;
  readonly fault?: 'hole' | 'overwritten';
}

/** A recorder with its cameras and its clock. */
export interface RecorderPlan {
  readonly code: string;
  readonly name: string;
  readonly kind: 'onvif' | 'folder';
  /** Its clock minus true time. */
  readonly clock_offset_ms: number;
  readonly offline?: boolean;
  readonly cameras: readonly CameraPlan[];
}

/** The crossroads in Hạc Thành ward where it happens. */
export const CROSSROADS: Position = { latitude_deg: 19.8067, longitude_deg: 105.7764 };

/** A point so many metres north and east of the crossroads. */
export function near(north_m: number, east_m: number): Position {
  const metres_per_deg = 111_320;
  const latitude_deg = CROSSROADS.latitude_deg + north_m / metres_per_deg;
  const shrink = Math.cos((CROSSROADS.latitude_deg * Math.PI) / 180);
  const longitude_deg = CROSSROADS.longitude_deg + east_m / (metres_per_deg * shrink);
  return { latitude_deg: Number(latitude_deg.toFixed(6)), longitude_deg: Number(longitude_deg.toFixed(6)) };
}

function community(
  code: string,
  name: string,
  from: Position,
  options: Partial<CameraPlan> = {},
): CameraPlan {
  return { code, name, kind: 'community', position: from, aim_point: CROSSROADS, owner: null, ...options };
}

function household(
  code: string,
  name: string,
  owner: string,
  from: Position,
  options: Partial<CameraPlan> = {},
): CameraPlan {
  return { code, name, kind: 'household', position: from, aim_point: CROSSROADS, owner, ...options };
}

/** The ward of the demo: what the issue of a small ward looks like, one trouble each. */
export const RECORDERS: readonly RecorderPlan[] = [
  {
    code: 'DG-NGATU',
    name: 'Đầu ghi nhà văn hoá phố Lê Lợi',
    kind: 'onvif',
    clock_offset_ms: 2_473_300,
    cameras: [
      community('HT-C01', 'Ngã tư Lê Lợi, hướng bắc', near(35, 4)),
      community('HT-C02', 'Ngã tư Lê Lợi, hướng nam', near(-38, -3), { gop_ms: 4000 }),
      community('HT-C03', 'Cổng chợ Vườn Hoa', near(8, 40), { b_frames: 2 }),
    ],
  },
  {
    code: 'DG-BA-LAN',
    name: 'Camera nhà bà Lan',
    kind: 'onvif',
    clock_offset_ms: -4_210,
    cameras: [household('HT-H01', 'Nhà số 12 Lê Lợi', 'Nguyễn Thị Lan', near(22, -18), { b_frames: 2 })],
  },
  {
    code: 'DG-ONG-HUNG',
    name: 'Camera nhà ông Hùng',
    kind: 'onvif',
    clock_offset_ms: 3_600_120,
    cameras: [
      household('HT-H02', 'Nhà số 15 Lê Lợi', 'Trần Văn Hùng', near(-24, 20), { variable_frame_rate: true }),
    ],
  },
  {
    code: 'DG-CO-MAI',
    name: 'Thư mục ghi hình quán cô Mai',
    kind: 'folder',
    clock_offset_ms: -37_400,
    cameras: [household('HT-H03', 'Quán nước cô Mai', 'Lê Thị Mai', near(12, -30))],
  },
  {
    code: 'DG-CONGVIEN',
    name: 'Đầu ghi công viên Hội An',
    kind: 'onvif',
    clock_offset_ms: 0,
    offline: true,
    cameras: [community('HT-C04', 'Cổng công viên Hội An', near(-45, -30))],
  },
  {
    code: 'DG-TRUONGHOC',
    name: 'Đầu ghi trường tiểu học',
    kind: 'onvif',
    clock_offset_ms: 1_900,
    cameras: [community('HT-C05', 'Cổng trường tiểu học', near(46, 28), { fault: 'overwritten' })],
  },
  {
    code: 'DG-BENXE',
    name: 'Đầu ghi bến xe',
    kind: 'onvif',
    clock_offset_ms: -840,
    cameras: [community('HT-C06', 'Lối ra bến xe', near(-30, 36), { fault: 'hole' })],
  },
];
