import { connect, type Socket } from 'node:net';
import type { Mailer, MailMessage, MailOutcome } from '@minhchung/domain';
import { createTransport } from 'nodemailer';
import { CONNECT_DEADLINE_MS, LETTER_DEADLINE_MS, REASON_CHARS_MAX, SILENCE_MS_MAX } from './limits.ts';
import { isMailAddress, isMessageId, isTextOfALetter, oneLine } from './message.ts';

/** How the next mail server is reached. */
export interface SmtpOptions {
  readonly host: string;
  readonly port: number;
  /**
   * `tls`: encrypted from the first byte. `starttls`: encrypted before anything is said, or nothing is sent.
   * `none`: in the clear; for a server on this machine only, and never with an account.
   */
  readonly security: 'tls' | 'starttls' | 'none';
  /** Null: the server asks for no account. */
  readonly account: { readonly username: string; readonly password: string } | null;
  /** Address letters come from; its host is the right part of every Message-ID. */
  readonly from: string;
  /** Name shown beside the address. */
  readonly from_name: string;
  /** PEM of an authority to believe besides the machine's own; for a ward's own server. */
  readonly ca?: string;
  /** Default `LETTER_DEADLINE_MS`. */
  readonly deadline_ms?: number;
}

/**
 * Sends letters through one SMTP server, one connection a letter. Certificates are checked. Throws `RangeError`
 * for options that could leak: an account over an unencrypted line, a `from` that is no address.
 */
export function createSmtpMailer(options: SmtpOptions): Mailer {
  const { host, port, security, account, from, from_name } = options;
  if (!isMailAddress(from)) throw new RangeError('the sender is no mail address');
  if (security === 'none' && account !== null) throw new RangeError('an account needs an encrypted line');
  const deadline_ms = options.deadline_ms ?? LETTER_DEADLINE_MS;
  const domain = from.slice(from.lastIndexOf('@') + 1);
  const ended = new AbortController();

  async function deliver(message: MailMessage, signal: AbortSignal): Promise<MailOutcome> {
    // The socket is ours, so that it ends with the deadline whatever the server does.
    const socket = connect({ host, port, signal, timeout: CONNECT_DEADLINE_MS });
    try {
      await connected(socket);
      return await Promise.race([converse(message, socket), aborted(signal)]);
    } catch (error) {
      return outcomeOf(error);
    } finally {
      socket.destroy();
    }
  }

  async function converse(message: MailMessage, socket: Socket): Promise<MailOutcome> {
    const transport = createTransport({
      connection: socket,
      host,
      port,
      secure: security === 'tls',
      requireTLS: security === 'starttls',
      ignoreTLS: security === 'none',
      ...(account === null ? {} : { auth: { user: account.username, pass: account.password } }),
      ...(security === 'none' ? {} : { tls: { rejectUnauthorized: true, ca: options.ca } }),
      greetingTimeout: CONNECT_DEADLINE_MS,
      socketTimeout: SILENCE_MS_MAX,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    await transport.sendMail({
      from: { name: oneLine(from_name), address: from },
      to: { name: '', address: message.to },
      envelope: { from, to: [message.to] },
      subject: oneLine(message.subject),
      text: message.text,
      messageId: `<${message.id}@${domain}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
    return { kind: 'sent' };
  }

  return {
    async send(message, signal) {
      const refused = refusalOf(message);
      if (refused !== null) return { kind: 'refused', reason: refused };
      const signals = [AbortSignal.timeout(deadline_ms), ended.signal, ...(signal ? [signal] : [])];
      return deliver(message, AbortSignal.any(signals));
    },
    async close() {
      ended.abort();
    },
  };
}

function refusalOf(message: MailMessage): string | null {
  if (!isMailAddress(message.to)) return 'not a mail address';
  if (!isMessageId(message.id)) return 'not an id of a letter';
  return isTextOfALetter(message.text) ? null : 'the letter is too long';
}

function connected(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
    socket.once('timeout', () => reject(new Error('no connection in time')));
    // Later faults reach the conversation; here they must only not end the process.
    socket.on('error', () => {});
  });
}

function aborted(signal: AbortSignal): Promise<MailOutcome> {
  const later: MailOutcome = { kind: 'later', reason: 'no answer in time' };
  if (signal.aborted) return Promise.resolve(later);
  return new Promise((done) => signal.addEventListener('abort', () => done(later), { once: true }));
}

/**
 * A 5xx answer to recipient or letter is final; a 5xx to the account is a mistake in the settings, which somebody
 * will mend. Everything else passes.
 */
function outcomeOf(error: unknown): MailOutcome {
  const { code, responseCode, command } = error as {
    readonly code?: string;
    readonly responseCode?: number;
    readonly command?: string;
  };
  const about_letter = code === 'EENVELOPE' || code === 'EMESSAGE';
  const is_final = about_letter && responseCode !== undefined && responseCode >= 500 && responseCode < 600;
  const parts = [code ?? 'fault', command ?? '', responseCode === undefined ? '' : String(responseCode)];
  const reason = parts
    .filter((part) => part !== '')
    .join(' ')
    .slice(0, REASON_CHARS_MAX);
  return { kind: is_final ? 'refused' : 'later', reason };
}
