/** How the product writes to people: plain text over SMTP, or not at all, and then a technician hands it over. */

/** One letter. Everything in it may have been typed by strangers. */
export interface MailMessage {
  /** Left part of the Message-ID, the same for every try: receivers drop the second copy by it. */
  readonly id: string;
  /** One address, `name@host`. */
  readonly to: string;
  /** One line; longer ones are cut. */
  readonly subject: string;
  /** Plain text, lines ended by `\n`. */
  readonly text: string;
}

/** What became of a letter. `reason` is a short text for a technician, without addresses and without secrets. */
export type MailOutcome =
  /** The next server took it over. */
  | { readonly kind: 'sent' }
  /** Not now: nobody answered, or the server asked to come back. The same letter may be sent again. */
  | { readonly kind: 'later'; readonly reason: string }
  /** Never: the address or the letter was refused. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** This deployment sends no mail: a person carries it. */
  | { readonly kind: 'by_hand' };

/** Sends letters, or says that it does not. */
export interface Mailer {
  /** Never throws for what servers and networks do; aborting ends the try as `later`. */
  send(message: MailMessage, signal?: AbortSignal): Promise<MailOutcome>;
  close(): Promise<void>;
}
