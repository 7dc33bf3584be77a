import { formatVietnam, type Mailer, type MailMessage, type MailOutcome } from '@minhchung/domain';
import type { StoredUploadLink, UploadLetterOutcome } from '@minhchung/store';
import type { IntakeDeps } from '../deps.ts';
import { LETTER_LEASE_MS, LETTER_PAUSE_MS_MAX, LETTERS_PER_ROUND } from '../limits.ts';
import { linkUrl } from './make-link.ts';

type DeliverDeps = Pick<IntakeDeps, 'store' | 'time' | 'settings' | 'tokens'> & { readonly mailer: Mailer };

/** Mails the links that are due. Several processes may do it at once. Returns how many letters were tried. */
export function deliverLinks(deps: DeliverDeps) {
  return async (signal?: AbortSignal): Promise<number> => {
    let tried = 0;
    while (tried < LETTERS_PER_ROUND && signal?.aborted !== true) {
      const now_ms = deps.time.now_ms();
      const link = await deps.store.uploadLinks.claimLetter(now_ms, now_ms + LETTER_LEASE_MS);
      if (link === null) break;
      tried += 1;
      const outcome = await deliver(deps, link, signal);
      await deps.store.uploadLinks.finishLetter(link.id, link.mail_attempts, outcome);
    }
    return tried;
  };
}

async function deliver(
  deps: DeliverDeps,
  link: StoredUploadLink,
  signal: AbortSignal | undefined,
): Promise<UploadLetterOutcome> {
  const now_ms = deps.time.now_ms();
  if (link.ended_at_ms !== null || link.expires_at_ms <= now_ms) return { state: 'dropped' };
  const to = link.owner_id === null ? null : await deps.store.ownerLinks.emailOf(link.owner_id);
  if (to === null) return { state: 'by_hand', reason: 'no mail address' };
  const outcome = await deps.mailer.send(await letterOf(deps, link, to), signal);
  return outcomeOf(outcome, link, now_ms, deps.settings.mail);
}

function outcomeOf(
  outcome: MailOutcome,
  { mail_attempts }: StoredUploadLink,
  now_ms: number,
  { attempts_max, retry_delay_ms }: { readonly attempts_max: number; readonly retry_delay_ms: number },
): UploadLetterOutcome {
  switch (outcome.kind) {
    case 'sent':
      return { state: 'sent' };
    case 'by_hand':
      return { state: 'by_hand', reason: null };
    case 'refused':
      return { state: 'by_hand', reason: outcome.reason };
    case 'later': {
      if (mail_attempts >= attempts_max) return { state: 'by_hand', reason: outcome.reason };
      const pause_ms = Math.min(LETTER_PAUSE_MS_MAX, retry_delay_ms * 2 ** (mail_attempts - 1));
      return { state: 'due', not_before_ms: now_ms + pause_ms, reason: outcome.reason };
    }
  }
}

/** The letter: Vietnamese first, English below. It names no case and no person but its reader. */
async function letterOf(deps: DeliverDeps, link: StoredUploadLink, to: string): Promise<MailMessage> {
  const owner = link.owner_id === null ? null : await deps.store.owners.byId(link.owner_id);
  const unit = await deps.store.units.byId(link.unit_id);
  const item = await deps.store.items.byId(link.item_id);
  const request = item === null ? null : await deps.store.requests.byId(item.request_id);
  const camera = item === null ? null : await deps.store.cameras.byId(item.camera_id);
  const name = camera === null ? '' : ` ${camera.code} (${camera.name})`;
  const span =
    request === null
      ? ''
      : `${formatVietnam(request.wanted.start_ms)} – ${formatVietnam(request.wanted.end_ms)}`;
  const url = linkUrl(deps, link.id);
  const until = formatVietnam(link.expires_at_ms);
  const text = [
    `Kính gửi ông/bà ${owner?.name ?? ''},`,
    `Đề nghị ông/bà gửi hình của camera${name}, khoảng ${span}. Mở liên kết sau trên điện thoại hoặc máy tính đang có tệp hình:`,
    url,
    `Liên kết chỉ dùng được một lần, trên máy bấm "Bắt đầu" trước, và hết hạn lúc ${until}. Không chuyển liên kết này cho người khác.`,
    `Trân trọng,\n${unit?.name ?? ''}`,
    '---',
    `Dear ${owner?.name ?? ''},`,
    `Please send the footage of camera${name}, ${span} (Vietnam time). Open this link on the phone or computer that has the file:`,
    url,
    `The link works once, on the device that presses "Begin" first, and ends at ${until}. Do not pass it on.`,
    `Yours sincerely,\n${unit?.name ?? ''}`,
  ].join('\n\n');
  return { id: link.id, to, subject: 'Gửi hình camera · Send camera footage', text: `${text}\n` };
}
