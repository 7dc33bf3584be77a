import type { Bilingual } from '@minhchung/domain';
import type { AskedConfirmation, ConfirmationAnswer } from '../confirm-agreement.ts';
import { OWNER_PATH } from '../links.ts';
import { html } from './html.ts';
import { pageOf, type View } from './layout.ts';
import { OWNER_TEXTS as T } from './owner-texts.ts';

/** The yearly question. Showing it changes nothing: mail scanners open links too. */
export function confirmationPage(
  view: View,
  token: string,
  { camera, agreement }: AskedConfirmation,
): string {
  const { t, to } = view;
  const path = `${OWNER_PATH}/${token}`;
  const button = (answer: ConfirmationAnswer, look: string) =>
    html`<form class="inline" method="post" action="${to(path)}"><button class="${look}" name="answer" value="${answer}">${t(T[answer])}</button></form>`;
  return pageOf(
    view,
    t(T.confirm_title),
    path,
    html`<div class="panel"><h2>${camera.name}</h2><p>${camera.code}</p>
<dl><dt>${t(T.audio)}</dt><dd>${t(agreement.allows_audio ? T.audio_allowed : T.audio_not_allowed)}</dd></dl></div>
<p>${t(T.confirm_ask)}</p>
${button('works', 'act')}
${button('broken', 'plain')}
<details><summary>${t(T.withdraw)}…</summary><p>${t(T.withdraw_what)}</p>${button('withdraw', 'grave')}</details>`,
  );
}

/** What a link to the owner's page shows: a button, and nothing of the page. */
export function openingPage(view: View, token: string, session_minutes: number): string {
  const { t, to } = view;
  const path = `${OWNER_PATH}/${token}`;
  return pageOf(
    view,
    t(T.open_title),
    path,
    html`<p>${t(T.open_what).replace('{minutes}', String(session_minutes))}</p>
<form method="post" action="${to(path)}"><button name="answer" value="open">${t(T.open)}</button></form>`,
  );
}

/** After the yearly answer. */
export function answeredPage(view: View, answer: ConfirmationAnswer): string {
  const text = answer === 'withdraw' ? T.done_withdraw : T.done_works;
  return pageOf(view, view.t(T.done_title), null, html`<p>${view.t(text)}</p>`);
}

/** After leaving, or without a session. */
export function closedPage(view: View): string {
  return pageOf(view, view.t(T.closed_title), OWNER_PATH, html`<p>${view.t(T.closed)}</p>`);
}

/** What went wrong, and what to do. */
export function faultPage(view: View, text: Bilingual): string {
  return pageOf(view, view.t(T.fault_title), null, html`<p role="alert">${view.t(text)}</p>`);
}
