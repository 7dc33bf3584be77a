import { CodedError, type PlaybackFinding, parseInstant, type ShownTime } from '@minhchung/domain';
import { calibrateRecorder } from '@minhchung/registry';
import { Command } from 'commander';
import { openTogether } from '../composition/closers.ts';
import { openConfiguredSecrets, withStore } from '../composition/open-store.ts';
import { createProbeTools } from '../composition/probe-tools.ts';
import { SYSTEM_TIME } from '../composition/system-time.ts';
import { actingAccount } from './acting-account.ts';
import { type CommandContext, printJson, printLines, settingsOf, wantsJson } from './context.ts';

interface CalibrateOptions {
  readonly account: string;
  readonly channel?: string;
  readonly zone?: string;
  readonly read?: readonly string[];
}

const EXAMPLES = `
Plays a few seconds of several times under every meaning that the device's times may have, and keeps what it finds
only when exactly one fits. No picture is kept or shown. Where the device sends no times that can be trusted, it names
two times to look at: play them with the maker's own software and enter what the clock in the first picture shows.

Examples:
  $ minhchung calibrate NVR-02 --account duc.pv
  $ minhchung calibrate NVR-02 --channel 3 --account duc.pv
  $ minhchung calibrate NVR-02 --account duc.pv \\
      --read 2026-11-21T05:30:00=2026-11-21T05:29:58 --read 2026-11-20T14:00:00=2026-11-20T13:59:57
`;

/** `minhchung calibrate RECORDER` */
export function calibrateCommand(context: CommandContext): Command {
  return new Command('calibrate')
    .description('find out how a recorder with a playback address of its maker counts time')
    .argument('<recorder>', 'code of the recorder')
    .requiredOption('--account <login>', 'the technician who does this')
    .option('--channel <number>', "channel to play; left out: the recorder's own")
    .option('--zone <offset>', 'the zone set in the device, as its own menu shows it, e.g. +08:00')
    .option(
      '--read <asked=shown>',
      'what the clock in the first picture showed of a play that was asked for this; give it for two times',
      (text: string, earlier: readonly string[] = []) => [...earlier, text],
    )
    .addHelpText('after', EXAMPLES)
    .action(async (code: string, options: CalibrateOptions, command: Command) => {
      const settings = settingsOf(command, context);
      const wanted = {
        channel: options.channel === undefined ? null : readChannel(options.channel),
        stated_zone_min: options.zone === undefined ? null : readZone(options.zone),
        readings: (options.read ?? []).map(readReading),
        performed_by: 'command',
      } as const;
      const secrets = await openConfiguredSecrets(settings);
      const finding = await withStore(settings, async (store) => {
        const { actor, unit_ids } = await actingAccount(
          store,
          options.account,
          'camera.probe',
          SYSTEM_TIME.now_ms(),
        );
        const recorder = await store.recorders.byCode(code);
        if (recorder === null) throw new CodedError('NOT_FOUND', { what: 'recorder', id: code });
        if (!unit_ids.includes(recorder.unit_id)) {
          const unit = (await store.units.byId(recorder.unit_id))?.code ?? recorder.unit_id;
          throw new CodedError('FORBIDDEN_UNIT', { action: 'camera.probe', unit });
        }
        const opened = await openTogether(async (closers) => ({
          tools: createProbeTools(settings, closers, store),
        }));
        try {
          const calibrate = calibrateRecorder({
            ...{ store, settings, secrets, time: SYSTEM_TIME, tools: opened.tools },
          });
          return await calibrate(actor, { recorder, ...wanted }, context.signal);
        } finally {
          await opened.close();
        }
      });
      if (wantsJson(command)) printJson(context, { recorder: code, finding });
      else printLines(context, ...linesOf(code, finding));
    });
}

function linesOf(code: string, finding: PlaybackFinding): string[] {
  const zone = zoneText(finding.zone_offset_min);
  const { semantics, frame_times, time_resolution_ms, start_rule } = finding;
  const source = {
    stamped: ['theo thời gian gửi kèm hình', 'by the times sent with its pictures'],
    counted: ['đếm từ lúc hỏi', 'counted from what was asked'],
  }[frame_times];
  const end = finding.honours_end
    ? ['dừng đúng lúc', 'ends where it was asked to']
    : ['không dừng đúng lúc', 'plays on beyond the end'];
  return [
    `${code}: đã hiệu chỉnh · calibrated`,
    `  địa chỉ · address    ${semantics} (${zone})`,
    `  giờ hình · frames    ${source[0]} (${source[1]}), ${time_resolution_ms} ms`,
    `  bắt đầu · start      ${start_rule}`,
    `  kết thúc · end       ${end[0]} (${end[1]})`,
  ];
}

function zoneText(zone_min: number): string {
  const [hours, minutes] = [Math.floor(Math.abs(zone_min) / 60), Math.abs(zone_min) % 60];
  return `UTC${zone_min < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}

function readChannel(text: string): number {
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
  throw new CodedError('COMMAND_MISUSED', { reason: '--channel: a channel is a number from 1 on' });
}

function readZone(text: string): number {
  const match = /^([+-])(\d{1,2}):(00|15|30|45)$/.exec(text);
  if (match === null || Number(match[2]) > 14) {
    throw new CodedError('COMMAND_MISUSED', { reason: '--zone: write it as +07:00' });
  }
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]));
}

/** Both times are digits as they stand in the address and in the picture: no zone belongs to them. */
function readReading(text: string): ShownTime {
  const [written, shown, ...more] = text.split('=');
  if (shown === undefined || more.length > 0) {
    throw new CodedError('COMMAND_MISUSED', {
      reason: '--read: write it as 2026-11-21T05:30:00=2026-11-21T05:29:58',
    });
  }
  return { written_ms: parseInstant(`${written}Z`), shown_ms: parseInstant(`${shown}Z`) };
}
