import { CodedError, isCoded } from '@minhchung/domain';
import { type CommandContext, EXIT, type ExitCode } from './context.ts';

/** Codes that mean: the person has to write the command or the settings differently. */
const MISUSE = [
  'COMMAND_MISUSED',
  'SETTINGS_INVALID',
  'SETTINGS_FILE_UNREADABLE',
  'SECRET_FILE_UNREADABLE',
] as const;

/** Says what went wrong, with its code, Vietnamese first; returns the exit code that goes with it. */
export function printError(error: unknown, context: CommandContext, as_json: boolean): ExitCode {
  const coded = error instanceof CodedError ? error : null;
  if (as_json) {
    const body = coded
      ? { code: coded.code, message: coded.texts, details: coded.details }
      : { code: 'INTERNAL_ERROR', message: { vi: String(error), en: String(error) }, details: {} };
    context.stdout.write(`${JSON.stringify({ error: body })}\n`);
  } else if (coded !== null) {
    context.stderr.write(`${coded.code}\n  ${coded.texts.vi}\n  ${coded.texts.en}\n`);
  } else {
    context.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  }
  return isCoded(error, ...MISUSE) ? EXIT.misuse : EXIT.failed;
}
