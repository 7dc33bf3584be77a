import { lstat, mkdtemp, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { createLocalArchive } from '@minhchung/archive';
import {
  type CameraKind,
  CodedError,
  formatVietnam,
  parseSpanText,
  parseTimeText,
  type Recorder,
} from '@minhchung/domain';
import {
  type ClockSeen,
  extractAlone,
  type StandaloneOptions,
  type StandaloneOutcome,
  type StandaloneRequest,
} from '@minhchung/extraction';
import { createRecordingFolderSource, recogniseLayout } from '@minhchung/footage';
import { createDerivativeMaker, createMediaReader } from '@minhchung/media';
import type { Settings } from '@minhchung/settings';
import type { Command } from 'commander';
import { SYSTEM_TIME } from '../composition/system-time.ts';
import { VERSION } from '../version.ts';
import { type CommandContext, EXIT, printJson, printLines, settingsOf, wantsJson } from './context.ts';

/** What `minhchung extract --from-folder` is told. */
export interface ExtractAloneOptions {
  readonly fromFolder: string;
  readonly span?: string;
  readonly case?: string;
  readonly reason?: string;
  readonly operator?: string;
  readonly out?: string;
  readonly badge: string;
  readonly unit: string;
  readonly camera: string;
  readonly cameraKind: CameraKind;
  /** Left out: told from the names. */
  readonly layout?: string;
  readonly channel: string;
  readonly zone: NonNullable<Recorder['folder']>['zone'];
  readonly clockShows?: string;
  readonly trueTime?: string;
  readonly clockBound: string;
}

/** Clock readings by eye are hardly better than this, and never worse than an hour. */
const CLOCK_BOUND_S = { min: 0.1, max: 3600 } as const;

/** One package from a folder of recordings, by one person, without server, database or approval. */
export async function runExtractAlone(
  context: CommandContext,
  options: ExtractAloneOptions,
  command: Command,
): Promise<void> {
  checkNothingMissing(options);
  const settings = settingsOf(command, context);
  const layout = options.layout ?? (await recogniseIn(options, context));
  const request = requestOf(options, layout);
  const out = resolve(options.out!);
  if (await exists(out)) throw new CodedError('EXPORT_EXISTS', { path: out });
  // Beside the result, so that what is made there is on the same disk.
  const work_folder = await mkdtemp(join(dirname(out), '.minhchung-'));
  try {
    const archive = await createLocalArchive({ root: join(work_folder, 'archive') });
    const shown = wantsJson(command) ? undefined : progressLine(context);
    const outcome = await extractAlone(
      request,
      out,
      {
        ...toolsOf(settings, work_folder, options.channel),
        archive,
        ...(shown && { onProgress: shown }),
      },
      context.signal,
    ).finally(() => archive.close());
    say(context, command, out, outcome);
    if (outcome.files.length === 0 && request.clock_seen === null) sayClockUnknown(context);
  } finally {
    await rm(work_folder, { recursive: true, force: true });
  }
}

function toolsOf(
  settings: Settings,
  work_folder: string,
  channel: string,
): Omit<StandaloneOptions, 'archive' | 'onProgress'> {
  const { extraction, media, poller } = settings;
  return {
    derivatives: createDerivativeMaker(media),
    openFolder: ({ path, pattern, zone }) =>
      createRecordingFolderSource({
        ...{ folder: path, layout: { pattern, zone }, path: channel },
        ...{ reader: createMediaReader(media), time: SYSTEM_TIME },
      }),
    time: SYSTEM_TIME,
    work_dir: join(work_folder, 'work'),
    gap_min_ms: extraction.gap_min_ms,
    drift_ppm: poller.clock.drift_max_ppm,
    unknown_offset_margin_ms: extraction.unknown_offset_margin_ms,
    settle_retry_ms: extraction.settle_retry_ms,
    version: VERSION,
  };
}

function checkNothingMissing(options: ExtractAloneOptions): void {
  const missing = (['span', 'case', 'reason', 'operator', 'out'] as const).filter(
    (name) => options[name] === undefined,
  );
  if (missing.length > 0) {
    const reason = `--from-folder also needs ${missing.map((name) => `--${name}`).join(', ')}`;
    throw new CodedError('COMMAND_MISUSED', { reason });
  }
}

async function recogniseIn(options: ExtractAloneOptions, context: CommandContext): Promise<string> {
  return await recogniseLayout(resolve(options.fromFolder), options.channel, context.signal);
}

function requestOf(options: ExtractAloneOptions, layout: string): StandaloneRequest {
  return {
    wanted: parseSpanText(options.span!),
    case_number: options.case!,
    reason: options.reason!,
    operator: { full_name: options.operator!, badge_number: options.badge },
    unit_name: options.unit,
    camera_name: options.camera,
    camera_kind: options.cameraKind,
    folder: { path: resolve(options.fromFolder), pattern: layout, zone: options.zone },
    clock_seen: clockSeenIn(options),
  };
}

function clockSeenIn({ clockShows, trueTime, clockBound }: ExtractAloneOptions): ClockSeen | null {
  if (clockShows === undefined && trueTime === undefined) return null;
  if (clockShows === undefined || trueTime === undefined) {
    throw new CodedError('COMMAND_MISUSED', { reason: '--clock-shows and --true-time belong together' });
  }
  const bound_s = Number(clockBound);
  if (!(bound_s >= CLOCK_BOUND_S.min && bound_s <= CLOCK_BOUND_S.max)) {
    const range = `${CLOCK_BOUND_S.min} … ${CLOCK_BOUND_S.max}`;
    throw new CodedError('COMMAND_MISUSED', { reason: `--clock-bound is a number of seconds, ${range}` });
  }
  return {
    shown_ms: parseTimeText(clockShows),
    true_ms: parseTimeText(trueTime),
    bound_ms: Math.round(bound_s * 1000),
  };
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

const PHASES = {
  searching: 'tìm · searching',
  cutting: 'cắt · cutting',
  deriving: 'làm bản xem · making copies to watch',
  archiving: 'ký · signing',
} as const;

/** One line a second at most, for whoever waits. */
function progressLine(context: CommandContext): StandaloneOptions['onProgress'] {
  return ({ phase, bytes, media_ms }) => {
    const amount = bytes === 0 ? '' : `, ${(bytes / 1e6).toFixed(1)} MB, ${(media_ms / 1000).toFixed(0)} s`;
    context.stderr.write(`${PHASES[phase]}${amount}\n`);
  };
}

function say(context: CommandContext, command: Command, out: string, outcome: StandaloneOutcome): void {
  const { result, files, size_bytes } = outcome;
  const is_delivered = result.outcome === 'archived' || result.outcome === 'partial';
  if (result.outcome !== 'archived') context.setExitCode(EXIT.no);
  const gaps = 'gaps' in result ? result.gaps : [];
  if (wantsJson(command)) {
    const folder = is_delivered ? out : null;
    printJson(context, { outcome: result.outcome, folder, files, size_bytes, gaps, reason: result.reason });
    return;
  }
  if (result.reason !== null) printLines(context, result.reason.text.vi, result.reason.text.en);
  for (const gap of gaps) {
    printLines(
      context,
      `Thiếu · missing: ${formatVietnam(gap.start_ms, { with_ms: true })} - ${formatVietnam(gap.end_ms, { with_ms: true })}`,
    );
  }
  if (!is_delivered) return;
  printLines(
    context,
    `Gói · package: ${out} (${files.length} tệp · files, ${(size_bytes / 1e6).toFixed(1)} MB)`,
    'CHƯA ĐƯỢC DUYỆT, KHÔNG CÓ NHẬT KÝ · UNAPPROVED, UNLOGGED',
    `Kiểm tra · check it:  minhchung verify ${out}`,
    `Đưa vào hệ thống để được tính · to have it counted:  minhchung import package ${out} …`,
  );
}

/** The commonest reason for finding nothing: the recorder believes another time. */
function sayClockUnknown(context: CommandContext): void {
  context.stderr.write(
    'Chưa biết đồng hồ đầu ghi lệch bao nhiêu: xem đồng hồ đó rồi thêm --clock-shows và --true-time.\n' +
      "How far the recorder's clock is off is not known: look at it, and add --clock-shows and --true-time.\n",
  );
}
