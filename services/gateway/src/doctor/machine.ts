import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Settings } from '@minhchung/settings';
import { readHostClock } from '../composition/host-clock.ts';
import { FREE_BYTES_MIN } from '../limits.ts';
import { type Finding, finding } from './finding.ts';

const NODE_MIN = [22, 14] as const;
const GIB = 1024 ** 3;

/** Node, disk space, and the clock of this machine. */
export async function examineMachine(settings: Settings): Promise<Finding[]> {
  return [
    nodeFinding(process.versions.node),
    await clockFinding(settings),
    ...(await spaceFindings(settings)),
  ];
}

/** Whether a Node version is new enough. */
export function nodeFinding(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const is_new = major > NODE_MIN[0] || (major === NODE_MIN[0] && minor >= NODE_MIN[1]);
  return is_new
    ? finding('node', 'good', `Node ${version}`, `Node ${version}`)
    : finding(
        'node',
        'bad',
        `Node ${version} quá cũ, cần ≥ 22.14`,
        `Node ${version} is too old, ≥ 22.14 is needed`,
      );
}

async function clockFinding(settings: Settings): Promise<Finding> {
  const { is_synchronised, by } = await readHostClock();
  if (is_synchronised === true) {
    return finding(
      'clock',
      'good',
      `Đồng hồ máy đã đồng bộ (${by})`,
      `This machine's clock is synchronised (${by})`,
    );
  }
  if (settings.poller.host_clock === 'trusted') {
    return finding(
      'clock',
      'warn',
      'Người vận hành cam kết đồng hồ máy đúng (poller.host_clock: trusted); hệ điều hành không xác nhận',
      'The operator vouches for the clock (poller.host_clock: trusted); the operating system does not confirm it',
    );
  }
  if (is_synchronised === null) {
    return finding(
      'clock',
      'unknown',
      'Không biết đồng hồ máy có đồng bộ không; cài chrony. Độ lệch đồng hồ thiết bị sẽ không được đo',
      'Whether the clock is synchronised is unknown; install chrony. Offsets of devices will not be measured',
    );
  }
  return finding(
    'clock',
    'bad',
    `Đồng hồ máy chưa đồng bộ (${by}); cài và bật chrony. Độ lệch đồng hồ thiết bị sẽ không được đo`,
    `The clock is not synchronised (${by}); install and start chrony. Offsets of devices will not be measured`,
  );
}

async function spaceFindings(settings: Settings): Promise<Finding[]> {
  const folders = { data_dir: settings.data_dir, work_dir: settings.extraction.work_dir };
  const findings: Finding[] = [];
  for (const [about, folder] of Object.entries(folders)) {
    const free_bytes = await freeBytes(folder);
    const free = `${(free_bytes / GIB).toFixed(1)} GiB`;
    findings.push(
      free_bytes >= FREE_BYTES_MIN
        ? finding(about, 'good', `${folder}: còn trống ${free}`, `${folder}: ${free} free`)
        : finding(about, 'warn', `${folder}: chỉ còn ${free}`, `${folder}: only ${free} free`),
    );
  }
  return findings;
}

/** Free bytes where the folder lies or will lie. */
async function freeBytes(folder: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || folder === dirname(folder)) throw error;
    return freeBytes(dirname(folder));
  }
}
