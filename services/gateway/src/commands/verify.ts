import { readFile, stat } from 'node:fs/promises';
import { CodedError } from '@minhchung/domain';
import { parsePublicKeyPem } from '@minhchung/formats';
import { formatReport, type Report, verifyPackage } from '@minhchung/verify';
import { Command } from 'commander';
import { PUBLIC_KEY_FILE_BYTES_MAX } from '../limits.ts';
import { type CommandContext, EXIT, printJson, wantsJson } from './context.ts';

const EXAMPLES = `
Needs no server, no settings and no account. Every untruth is listed; the exit code is 1 when there is one.
Without --key the key inside the package is used: that proves that nothing changed since it was signed, not who
signed it.

Examples:
  $ minhchung verify goi-chung-cu/ --key cong-an-phuong.public.pem
  $ minhchung verify packages/* --json
`;

/** `minhchung verify` */
export function verifyCommand(context: CommandContext): Command {
  return new Command('verify')
    .description('check evidence packages offline')
    .argument('<package...>', 'folders of packages')
    .option('--key <file...>', 'public keys the deployment has published (PEM)')
    .addHelpText('after', EXAMPLES)
    .action(
      async (paths: readonly string[], options: { readonly key?: readonly string[] }, command: Command) => {
        const public_keys = await Promise.all((options.key ?? []).map(readKey));
        const reports: { readonly path: string; readonly report: Report }[] = [];
        for (const path of paths) {
          const report = await verifyPackage(path, { public_keys, signal: context.signal });
          reports.push({ path, report });
          if (wantsJson(command)) printJson(context, { path, ...report });
          else context.stdout.write(`${path}\n${formatReport(report)}\n`);
        }
        context.setExitCode(reports.every(({ report }) => report.ok) ? EXIT.ok : EXIT.no);
      },
    );
}

async function readKey(file: string): Promise<Uint8Array> {
  try {
    if ((await stat(file)).size > PUBLIC_KEY_FILE_BYTES_MAX) throw new Error('too large for a public key');
    return parsePublicKeyPem(await readFile(file, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CodedError(
      'COMMAND_MISUSED',
      { reason: `the key ${file} cannot be read (${reason})` },
      { cause: error },
    );
  }
}
