import { formatFingerprint } from '@minhchung/onvif';
import type { ProbeReport } from '@minhchung/registry';
import { readSecretFile } from '@minhchung/settings';
import { Command } from 'commander';
import { openTogether } from '../composition/closers.ts';
import { openConfiguredSecrets, withStore } from '../composition/open-store.ts';
import { SYSTEM_TIME } from '../composition/system-time.ts';
import { actingAccount } from './acting-account.ts';
import { type CommandContext, EXIT, printJson, printLines, settingsOf, wantsJson } from './context.ts';
import { table } from './table.ts';

interface ProbeOptions {
  readonly username?: string;
  readonly passwordFile?: string;
  readonly account: string;
  readonly tryAgain?: boolean;
}

const MARKS = { ok: 'được  · ok  ', attention: 'xem   · look', problem: 'hỏng  · bad ' } as const;

/** `minhchung probe ADDRESS` */
export function probeCommand(context: CommandContext): Command {
  return new Command('probe')
    .description(
      'try a device: who made it, its streams, clock and recordings, and what is wrong in plain words',
    )
    .argument('<address>', 'e.g. 192.168.1.20 or http://192.168.1.20:8000/onvif/device_service')
    .option('--username <name>', 'account at the device')
    .option('--password-file <file>', 'file with its password; never on the command line')
    .requiredOption('--account <login>', 'the technician who does this')
    .option(
      '--try-again',
      'send an account that the device refused a short while ago: it was put right there',
    )
    .action(async (address: string, options: ProbeOptions, command: Command) => {
      const settings = settingsOf(command, context);
      const { username, passwordFile } = options;
      const password = passwordFile === undefined ? null : readSecretFile('--password-file', passwordFile);
      const { checkedDeviceUrl, tryDevice } = await import('@minhchung/registry');
      const { createProbeTools } = await import('../composition/probe-tools.ts');
      const device_url = checkedDeviceUrl(wholeAddress(address), settings.devices.allowed_networks);
      const secrets = await openConfiguredSecrets(settings);
      const report = await withStore(settings, async (store) => {
        const now_ms = SYSTEM_TIME.now_ms();
        const { actor } = await actingAccount(store, options.account, 'camera.probe', now_ms);
        const opened = await openTogether(async (closers) => ({
          tools: createProbeTools(settings, closers, store),
        }));
        try {
          const { tools } = opened;
          const wanted = {
            address: { device_url, username: username ?? null, password },
            subject: { kind: 'device', id: new URL(device_url).host },
            unit_id: null,
            try_again: options.tryAgain === true,
            performed_by: 'command',
          } as const;
          const run = tryDevice({ store, settings, secrets, time: SYSTEM_TIME, tools });
          return await run(actor, wanted, context.signal);
        } finally {
          await opened.close();
        }
      });
      context.setExitCode(report.level === 'problem' ? EXIT.no : EXIT.ok);
      if (wantsJson(command)) return printJson(context, report);
      printLines(context, ...linesOf(report));
    });
}

/** People type what they read off the device: its IP address. */
function wholeAddress(text: string): string {
  return /^https?:\/\//i.test(text) ? text : `http://${text}/onvif/device_service`;
}

function linesOf(report: ProbeReport): string[] {
  const lines = [`${report.device_url} (${report.duration_ms} ms)`];
  if (report.certificate !== null) {
    lines.push(`chứng thư · certificate ${formatFingerprint(report.certificate.fingerprint_sha256)}`);
  }
  lines.push('');
  for (const { level, text, next } of report.findings) {
    lines.push(`[${MARKS[level]}] ${text.vi}`, `               ${text.en}`);
    if (next !== null) lines.push(`             → ${next.vi}`, `               ${next.en}`);
  }
  const rows = report.channels.map((channel) => {
    const best = channel.profiles[0];
    const picture =
      best === undefined
        ? '-'
        : `${best.codec ?? '?'} ${best.width ?? '?'}×${best.height ?? '?'} ${best.frame_rate_fps ?? '?'} fps`;
    const days = channel.held_days === null ? '-' : String(channel.held_days);
    return [channel.source_token, channel.name, picture, days];
  });
  if (rows.length === 0) return lines;
  return [...lines, '', ...table(['kênh · channel', 'tên · name', 'hình · picture', 'ngày · days'], rows)];
}
