import { mkdir } from 'node:fs/promises';
import { Command } from 'commander';
import { secretsKeyPath, withStore } from '../composition/open-store.ts';
import { type KeyRotation, rotateCredentials } from '../keys/rotate-credentials.ts';
import { type CommandContext, printJson, printLines, settingsOf, wantsJson } from './context.ts';

const AFTER_HELP = `
The new key is made beside the old one; every sealed account is sealed anew, a part at a time; services that run take
the new key up by themselves. Stopped half-way, run it again. The old key stays as device-secrets.key.old until:
  $ minhchung keys rotate-credentials --destroy-old
Copies of the old key in backups are yours to destroy: they open backups of the database made before.
`;

/** `minhchung keys rotate-credentials` */
export function keysCommand(context: CommandContext): Command {
  const rotate = new Command('rotate-credentials')
    .description('seal the accounts of all devices with a new key')
    .option('--destroy-old', 'finish a change that was begun, then destroy the old key', false)
    .addHelpText('after', AFTER_HELP)
    .action(async ({ destroyOld }: { readonly destroyOld: boolean }, command: Command) => {
      const settings = settingsOf(command, context);
      await mkdir(settings.keys.dir, { recursive: true, mode: 0o700 });
      const rotation = await withStore(settings, (store) =>
        rotateCredentials(store, {
          key_path: secretsKeyPath(settings),
          destroy_old: destroyOld,
          now_ms: Date.now(),
          signal: context.signal,
          onProgress: (resealed) => context.stderr.write(`${resealed} …\n`),
        }),
      );
      if (wantsJson(command)) printJson(context, rotation);
      else printLines(context, ...linesOf(rotation));
    });
  return new Command('keys').description('keys of this deployment').addCommand(rotate);
}

function linesOf(rotation: KeyRotation): string[] {
  const { key_id, resealed, unreadable, old_key_destroyed, old_key_kept } = rotation;
  return [
    `Khóa đang dùng · Key in use: ${key_id}`,
    `Đã niêm phong lại · Sealed anew: ${resealed}`,
    ...(unreadable === 0
      ? []
      : [
          `Không mở được, phải nhập lại mật khẩu · Cannot be opened, enter the passwords again: ${unreadable}`,
        ]),
    ...(old_key_destroyed ? ['Đã huỷ khóa cũ · The old key is destroyed'] : []),
    ...(old_key_kept
      ? ['Khóa cũ còn giữ; huỷ bằng · The old key is kept; destroy it with: --destroy-old']
      : []),
  ];
}
