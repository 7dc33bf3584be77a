import type {
  ClockReading,
  DeviceAddress,
  DeviceClient,
  DeviceDescription,
  TimeSource,
} from '@minhchung/domain';
import { isCoded } from '@minhchung/domain';
import { clockFinding, type HostClock, measureProbedClock } from './clock-finding.ts';
import type { ProbeTools } from './deps.ts';
import { Findings } from './findings.ts';
import { probeChannels } from './probe-channels.ts';
import type { ProbeReport } from './report.ts';

/** What a trial is made with. */
export interface ProbeDeps {
  readonly openDevice: ProbeTools['openDevice'];
  readonly time: TimeSource;
  readonly hostClock: () => Promise<HostClock>;
  readonly deadline_ms: number;
}

/**
 * Tries one device from its address and account, step by step, and says of each what it means and what to try
 * next. Never throws for what a device does; what depends on a step that failed is left out. Stops at the first
 * refusal of the account. Throws `CANCELLED` when the caller gave up.
 */
export async function probeDevice(
  deps: ProbeDeps,
  address: DeviceAddress,
  caller: AbortSignal,
): Promise<ProbeReport> {
  const { time } = deps;
  const started_at_ms = time.now_ms();
  const findings = new Findings();
  const report: Mutable<Found> = { device: null, clock: null, channels: [], certificate: null };
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), deps.deadline_ms);
  const signal = AbortSignal.any([caller, deadline.signal]);
  const device = deps.openDevice(address, (certificate) => {
    report.certificate = certificate;
  });
  try {
    await run(deps, device, findings, report, signal);
  } catch (error) {
    if (caller.aborted || !deadline.signal.aborted) throw error;
    findings.problem(
      'connection',
      'deadline',
      {
        vi: `Thiết bị quá chậm: hết ${Math.round(deps.deadline_ms / 1000)} giây mà chưa thử xong.`,
        en: `The device is too slow: ${Math.round(deps.deadline_ms / 1000)} s were not enough to try everything.`,
      },
      {
        vi: 'Thử lại; nếu vẫn chậm, khởi động lại thiết bị và kiểm tra đường truyền.',
        en: 'Try again; if it stays slow, restart the device and check the line.',
      },
    );
  } finally {
    clearTimeout(timer);
    await device.close();
  }
  return {
    device_url: address.device_url,
    started_at_ms,
    duration_ms: Math.round(time.now_ms() - started_at_ms),
    level: findings.level,
    findings: findings.list,
    ...report,
  };
}

type Found = Pick<ProbeReport, 'device' | 'clock' | 'channels' | 'certificate'>;
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

async function run(
  deps: ProbeDeps,
  device: DeviceClient,
  findings: Findings,
  report: Mutable<Found>,
  signal: AbortSignal,
): Promise<void> {
  const first = await readFirst(device, findings, signal);
  if (first === 'unreachable') return;
  report.device = await describe(device, findings, signal);
  if (findings.is_refused) return;
  if (first !== null) {
    const host = await deps.hostClock();
    report.clock = await measureProbedClock(device, first, { time: deps.time, host }, signal);
    clockFinding(findings, report.clock);
  }
  const offset_ms = report.clock === null ? 0 : (report.clock.min_ms + report.clock.max_ms) / 2;
  const device_now_ms = deps.time.now_ms() + offset_ms;
  report.channels = await probeChannels(device, findings, device_now_ms, signal);
}

/** Errors after which there is nobody to talk to. */
const NOBODY = [
  'DEVICE_UNREACHABLE',
  'DEVICE_TIMEOUT',
  'DEVICE_TLS_OLD',
  'CERTIFICATE_CHANGED',
  'ADDRESS_NOT_ALLOWED',
] as const;

/** The first question needs no account: it tells whether anybody is there, and what time they have. */
async function readFirst(
  device: DeviceClient,
  findings: Findings,
  signal: AbortSignal,
): Promise<ClockReading | null | 'unreachable'> {
  try {
    const reading = await device.readClock(signal);
    answered(findings);
    return reading;
  } catch (error) {
    if (isCoded(error, ...NOBODY)) {
      findings.failed(error.code === 'ADDRESS_NOT_ALLOWED' ? 'address' : 'connection', error);
      return 'unreachable';
    }
    if (isCoded(error, 'DEVICE_REFUSED')) {
      answered(findings);
      findings.failed('account', error);
    } else findings.failed('clock', error, 'attention');
    return null;
  }
}

function answered(findings: Findings): void {
  findings.ok('connection', 'answers', {
    vi: 'Thiết bị trả lời theo ONVIF ở địa chỉ này.',
    en: 'The device answers in ONVIF at this address.',
  });
}

async function describe(
  device: DeviceClient,
  findings: Findings,
  signal: AbortSignal,
): Promise<DeviceDescription | null> {
  if (findings.is_refused) return null;
  try {
    const description = await device.describe(signal);
    const { manufacturer, model, firmware_version } = description;
    findings.ok('account', 'accepted', {
      vi: `Tài khoản được chấp nhận. Thiết bị: ${manufacturer} ${model}, firmware ${firmware_version}.`,
      en: `The account is accepted. Device: ${manufacturer} ${model}, firmware ${firmware_version}.`,
    });
    return description;
  } catch (error) {
    findings.failed('account', error, isCoded(error, 'DEVICE_UNSUPPORTED') ? 'attention' : 'problem');
    return null;
  }
}
