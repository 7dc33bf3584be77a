import { CodedError, formatVietnam, type Recorder } from '@minhchung/domain';
import { formatFingerprint } from '@minhchung/onvif';
import { confirmCertificate } from '@minhchung/registry';
import type { RecorderCertificate, Store } from '@minhchung/store';
import { Command } from 'commander';
import { withStore } from '../composition/open-store.ts';
import { SYSTEM_TIME } from '../composition/system-time.ts';
import { actingAccount } from './acting-account.ts';
import { type CommandContext, printJson, printLines, settingsOf, wantsJson } from './context.ts';
import { table } from './table.ts';

const EXAMPLES = `
Nothing is sent to a device that shows another certificate than the one remembered. Compare the fingerprint on the
device itself before you confirm it: another machine may be posing as the device.

Examples:
  $ minhchung certificate list NVR-01
  $ minhchung certificate confirm NVR-01 --fingerprint AB:CD:… --account duc.pv
`;

interface ConfirmOptions {
  readonly fingerprint: string;
  readonly account: string;
}

/** `minhchung certificate list`, `minhchung certificate confirm` */
export function certificateCommand(context: CommandContext): Command {
  const list = new Command('list')
    .description('certificates a recorder has shown, newest first')
    .argument('<recorder>', 'code of the recorder')
    .action(async (code: string, _options: object, command: Command) => {
      const certificates = await withStore(settingsOf(command, context), async (store) => {
        const { id } = await recorderByCode(store, code);
        return store.certificates.ofRecorder(id);
      });
      if (wantsJson(command)) printJson(context, { certificates });
      else printLines(context, ...linesOf(certificates));
    });
  const confirm = new Command('confirm')
    .description('trust a certificate the recorder has shown, in place of the one before')
    .argument('<recorder>', 'code of the recorder')
    .requiredOption('--fingerprint <sha256>', 'as the list and the device show it, with or without colons')
    .requiredOption('--account <login>', 'the technician who compared it')
    .action(async (code: string, options: ConfirmOptions, command: Command) => {
      const fingerprint = readFingerprint(options.fingerprint);
      const recorder = await withStore(settingsOf(command, context), async (store) => {
        const found = await recorderByCode(store, code);
        const now_ms = SYSTEM_TIME.now_ms();
        const { actor, unit_ids } = await actingAccount(store, options.account, 'camera.manage', now_ms);
        if (!unit_ids.includes(found.unit_id)) {
          const unit = (await store.units.byId(found.unit_id))?.code ?? found.unit_id;
          throw new CodedError('FORBIDDEN_UNIT', { action: 'camera.manage', unit });
        }
        await confirmCertificate({ store, time: SYSTEM_TIME })(actor, found, fingerprint, 'command');
        return found;
      });
      if (wantsJson(command))
        printJson(context, { recorder: recorder.code, fingerprint_sha256: fingerprint });
      else {
        printLines(
          context,
          `${recorder.code}: đã tin chứng thư ${formatFingerprint(fingerprint)}`,
          `${recorder.code}: this certificate is trusted from now on`,
        );
      }
    });
  return new Command('certificate')
    .description('certificates by which https:// recorders are known')
    .addHelpText('after', EXAMPLES)
    .addCommand(list)
    .addCommand(confirm);
}

async function recorderByCode(store: Store, code: string): Promise<Recorder> {
  const recorder = await store.recorders.byCode(code);
  if (recorder === null) throw new CodedError('NOT_FOUND', { what: 'recorder', id: code });
  return recorder;
}

/** Devices, browsers and `openssl` write fingerprints in as many ways. */
function readFingerprint(text: string): string {
  const hex = text.replace(/[:\s]/g, '').toLowerCase();
  if (/^[0-9a-f]{64}$/.test(hex)) return hex;
  const reason = '--fingerprint: a SHA-256 fingerprint has 64 digits 0-9 and A-F';
  throw new CodedError('COMMAND_MISUSED', { reason });
}

function linesOf(certificates: readonly RecorderCertificate[]): string[] {
  if (certificates.length === 0) {
    return ['Đầu ghi chưa đưa ra chứng thư nào. · The recorder has shown no certificate yet.'];
  }
  const rows = certificates.map((one) => [
    formatFingerprint(one.fingerprint_sha256),
    formatVietnam(one.first_seen_ms),
    stateOf(one),
  ]);
  return table(['vân tay · fingerprint (SHA-256)', 'thấy lần đầu · first seen', 'tình trạng · state'], rows);
}

function stateOf({ is_trusted, replaced_at_ms }: RecorderCertificate): string {
  if (replaced_at_ms !== null) return 'đã thay · replaced';
  return is_trusted ? 'đang tin · trusted' : 'bị từ chối, chờ xác nhận · refused, to be confirmed';
}
