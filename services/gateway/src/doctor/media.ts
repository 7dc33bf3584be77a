import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Bilingual } from '@minhchung/domain';
import { describeSandbox, type SandboxLimit, type SandboxReport } from '@minhchung/media';
import type { Settings } from '@minhchung/settings';
import { DOCTOR_DEADLINE_MS } from '../limits.ts';
import { type Finding, finding } from './finding.ts';

const run = promisify(execFile);
const FFMPEG_MIN = [5, 1] as const;
const INSTALL = 'apt-get install ffmpeg';

/** ffmpeg, ffprobe, the encoder of derivatives, and what holds around them while they parse hostile files. */
export async function examineMedia(settings: Settings): Promise<Finding[]> {
  const { ffmpeg_path, ffprobe_path } = settings.media;
  return [
    toolFinding('ffmpeg', await output(ffmpeg_path, ['-version'])),
    toolFinding('ffprobe', await output(ffprobe_path, ['-version'])),
    encoderFinding(await output(ffmpeg_path, ['-hide_banner', '-encoders'])),
    ...(await sandboxFindings()),
  ];
}

/** Judges a tool by what `-version` printed; null: it could not be started. */
export function toolFinding(tool: 'ffmpeg' | 'ffprobe', version_text: string | null): Finding {
  if (version_text === null) {
    return finding(
      tool,
      'bad',
      `Thiếu ${tool}. Cài: ${INSTALL}`,
      `${tool} is missing. Install it: ${INSTALL}`,
    );
  }
  const [version, major, minor] = /version n?((\d+)\.(\d+)[^\s]*)/.exec(version_text)?.slice(1) ?? [];
  if (version === undefined) {
    return finding(tool, 'unknown', `Không rõ phiên bản ${tool}`, `The version of ${tool} cannot be told`);
  }
  const is_new =
    Number(major) > FFMPEG_MIN[0] || (Number(major) === FFMPEG_MIN[0] && Number(minor) >= FFMPEG_MIN[1]);
  return is_new
    ? finding(tool, 'good', `${tool} ${version}`, `${tool} ${version}`)
    : finding(
        tool,
        'bad',
        `${tool} ${version} quá cũ, cần ≥ 5.1`,
        `${tool} ${version} is too old, ≥ 5.1 is needed`,
      );
}

/** Derivatives that every browser plays need libx264; null: the list could not be had. */
export function encoderFinding(encoders_text: string | null): Finding {
  return / libx264 /.test(encoders_text ?? '')
    ? finding('libx264', 'good', 'ffmpeg có libx264', 'ffmpeg has libx264')
    : finding(
        'libx264',
        'bad',
        `ffmpeg không có libx264: không tạo được bản xem. Cài: ${INSTALL}`,
        `ffmpeg has no libx264: no playable copies can be made. Install: ${INSTALL}`,
      );
}

/** Each limit as `doctor` says it: what the tools cannot do where it holds. */
const LIMITS_IN_WORDS: Readonly<Record<SandboxLimit, Bilingual>> = {
  no_network: { vi: 'không dùng được mạng', en: 'reach no network' },
  own_files: { vi: 'chỉ thấy tệp được giao', en: 'see no files but those handed to them' },
  own_user: { vi: 'chạy dưới người dùng riêng', en: 'run as another user' },
  no_privileges: { vi: 'không có đặc quyền', en: 'have no privileges' },
  memory: { vi: 'bị giới hạn bộ nhớ', en: 'are limited in memory' },
  processor_time: { vi: 'bị giới hạn thời gian bộ xử lý', en: 'are limited in processor time' },
  output_size: { vi: 'bị giới hạn cỡ tệp ghi ra', en: 'are limited in the size of what they write' },
  open_files: { vi: 'bị giới hạn số tệp mở', en: 'are limited in open files' },
  ends_with_parent: { vi: 'kết thúc cùng tiến trình mẹ', en: 'end with the process that started them' },
  low_priority: { vi: 'nhường các việc khác', en: 'stand back behind other work' },
};

async function sandboxFindings(): Promise<Finding[]> {
  return (await describeSandbox()).map(sandboxFinding);
}

/** Says of one limit whether it holds here, and by what it does or would. */
export function sandboxFinding({ limit, holds, by }: SandboxReport): Finding {
  const { vi, en } = LIMITS_IN_WORDS[limit];
  return holds
    ? finding(`sandbox.${limit}`, 'good', `Công cụ video ${vi} (${by})`, `Media tools ${en} (${by})`)
    : finding(
        `sandbox.${limit}`,
        'warn',
        `Chưa bảo đảm được rằng công cụ video ${vi}; cần: ${by}`,
        `It does not hold that media tools ${en}; it takes: ${by}`,
      );
}

async function output(program: string, args: readonly string[]): Promise<string | null> {
  try {
    const { stdout } = await run(program, args, { timeout: DOCTOR_DEADLINE_MS });
    return stdout;
  } catch {
    return null;
  }
}
