import { CodedError, foldVietnamese, isRole, type Person, ROLES } from '@minhchung/domain';
import { Command } from 'commander';
import { withStore } from '../composition/open-store.ts';
import { addPerson, openAccount } from '../people/open-account.ts';
import { unitByCode } from '../people/unit-by-code.ts';
import { createPasswords, generatePassword } from '../session/passwords.ts';
import { type CommandContext, printJson, printLines, settingsOf, wantsJson } from './context.ts';
import { readPassword } from './password-input.ts';

const EXAMPLES = `
The password is asked for, or taken from standard input, or made with --generate; it never stands on the
command line. One person may have several accounts: the badge number says who it is.

Examples:
  $ minhchung user add --login an.nv --badge CA-0117 --name 'Nguyễn Văn An' --role officer@HAC-THANH
  $ minhchung user add --login binh.tt --badge CA-0042 --name 'Trần Thị Bình' \\
      --role approver@HAC-THANH --role officer@HAC-THANH --generate
`;

const LOGIN = /^[a-z0-9][a-z0-9._-]{1,63}$/;

interface AddOptions {
  readonly login: string;
  readonly badge: string;
  readonly name: string;
  readonly role: readonly string[];
  readonly generate?: boolean;
}

/** `minhchung user add` */
export function userCommand(context: CommandContext): Command {
  const add = new Command('add')
    .description('open an account')
    .requiredOption('--login <login>', 'small letters, digits, dots')
    .requiredOption('--badge <number>', 'badge or identity number of the person')
    .requiredOption('--name <name>', 'full name of the person')
    .requiredOption('--role <role@unit>', `what it may act as, repeatable: ${ROLES.join(', ')}`, collect)
    .option('--generate', 'make a password and print it once')
    .addHelpText('after', EXAMPLES)
    .action(async (options: AddOptions, command: Command) => {
      const settings = settingsOf(command, context);
      if (!LOGIN.test(options.login)) {
        throw new CodedError('COMMAND_MISUSED', {
          reason: `"${options.login}" is no login: small letters, digits, . _ -`,
        });
      }
      const password = options.generate ? generatePassword() : await readPassword(context);
      const passwords = await createPasswords();
      const password_hash = await passwords.hash(password);
      const by = { actor: null, now_ms: Date.now() };

      const record = await withStore(settings, async (store) => {
        const appointments = await Promise.all(
          options.role.map(async (text) => {
            const { role, unit_code } = parseAppointment(text);
            return { role, unit_id: (await unitByCode(store, unit_code)).id };
          }),
        );
        return store.transaction(async (tx) => {
          const known = await tx.people.personByBadge(options.badge);
          if (known !== null) demandSameName(known, options.name);
          const person =
            known ?? (await addPerson(tx, { badge_number: options.badge, full_name: options.name }, by));
          return openAccount(tx, person, { login: options.login, password_hash, appointments }, by);
        });
      });

      const generated = options.generate ? { password } : {};
      if (wantsJson(command))
        printJson(context, { account_id: record.account.id, person_id: record.person.id, ...generated });
      else {
        printLines(context, `Đã mở tài khoản · Opened account ${options.login} (${record.person.full_name})`);
        if (options.generate)
          printLines(context, `Mật khẩu, chỉ hiện một lần · Password, shown once: ${password}`);
      }
    });
  return new Command('user').description('accounts').addCommand(add);
}

/** A mistyped badge number must not make two humans one: the name has to fit. */
function demandSameName(known: Person, name: string): void {
  if (foldVietnamese(known.full_name) === foldVietnamese(name)) return;
  throw new CodedError('COMMAND_MISUSED', {
    reason: `badge ${known.badge_number} belongs to ${known.full_name}, not to ${name}`,
  });
}

function collect(value: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, value];
}

function parseAppointment(text: string) {
  const at = text.indexOf('@');
  const role = text.slice(0, at);
  const unit_code = text.slice(at + 1);
  if (at < 1 || unit_code === '' || !isRole(role)) {
    throw new CodedError('COMMAND_MISUSED', {
      reason: `"${text}" is no role at a unit; write one of ${ROLES.join(', ')} as role@UNIT-CODE`,
    });
  }
  return { role, unit_code };
}
