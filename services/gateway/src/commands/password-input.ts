import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { CodedError } from '@minhchung/domain';
import { PASSWORD_INPUT_BYTES_MAX } from '../limits.ts';
import type { CommandContext } from './context.ts';

/**
 * A password from the terminal, typed twice and not shown, or one line of a pipe. Never from the command line,
 * where every user of the machine could read it. Throws `COMMAND_MISUSED`.
 */
export async function readPassword(context: CommandContext): Promise<string> {
  if (context.stdin.isTTY !== true) return readLine(context);
  const password = await ask(context, 'Mật khẩu · Password: ');
  const again = await ask(context, 'Nhập lại · Again: ');
  if (password !== again) throw new CodedError('COMMAND_MISUSED', { reason: 'the two passwords differ' });
  return password;
}

async function readLine(context: CommandContext): Promise<string> {
  let text = '';
  for await (const chunk of context.stdin) {
    text += String(chunk);
    if (text.length > PASSWORD_INPUT_BYTES_MAX) {
      throw new CodedError('COMMAND_MISUSED', {
        reason: `a password has at most ${PASSWORD_INPUT_BYTES_MAX} bytes`,
      });
    }
  }
  return text.replace(/\r?\n$/, '');
}

function ask(context: CommandContext, prompt: string): Promise<string> {
  context.stderr.write(prompt);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: context.stdin, output: nowhere, terminal: true });
  return new Promise((resolve, reject) => {
    lines.once('line', (line) => {
      resolve(line);
      lines.close();
    });
    lines.once('SIGINT', () => {
      reject(new CodedError('CANCELLED'));
      lines.close();
    });
    lines.once('close', () => {
      context.stderr.write('\n');
      reject(new CodedError('CANCELLED'));
    });
  });
}
