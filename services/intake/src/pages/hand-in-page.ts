import { type Camera, formatVietnam, type Span, type Upload } from '@minhchung/domain';
import { HAND_IN_PATH } from '../links/make-link.ts';
import type { Markup, PageKit, View } from './kit.ts';
import { TEXTS as T } from './texts.ts';

/** Static scripts of the page. */
export const TUS_SCRIPT_PATH = `${HAND_IN_PATH}/tus.js`;
export const SEND_SCRIPT_PATH = `${HAND_IN_PATH}/send.js`;

/** What the page shows. */
export interface HandInFacts {
  readonly camera: Pick<Camera, 'code' | 'name'>;
  readonly wanted: Span;
  readonly uploads: readonly Upload[];
}

/** What a link shows: a button, and nothing of what is asked. Showing it changes nothing. */
export function openingPage({ html, pageOf }: PageKit, view: View, token: string): string {
  const { t, to } = view;
  const path = `${HAND_IN_PATH}/${token}`;
  return pageOf(
    view,
    t(T.title),
    path,
    html`<p>${t(T.open_what)}</p>
<form method="post" action="${to(path)}"><button>${t(T.open)}</button></form>`,
  );
}

/** The page of the browser that began: what is asked for, a form for a file, what was sent so far. */
export function handInPage(kit: PageKit, view: View, facts: HandInFacts): string {
  const { html, pageOf } = kit;
  const { t, to } = view;
  const { camera, wanted, uploads } = facts;
  const is_sent = uploads.some(({ state }) => state === 'kept' || state === 'received');
  return pageOf(
    view,
    t(T.title),
    HAND_IN_PATH,
    html`<div class="panel"><h2>${t(T.wanted)}</h2>
<p><strong>${t(T.camera)}:</strong> ${camera.name} (${camera.code})<br><strong>${t(T.span)}:</strong> ${formatVietnam(wanted.start_ms)} – ${formatVietnam(wanted.end_ms)}</p></div>
<p>${t(T.how)}</p>
${fileForm(kit, view)}
<h2>${t(T.sent)}</h2>
${uploads.length === 0 ? html`<p id="sent">${t(T.none)}</p>` : html`<ul id="sent">${uploads.map((one) => sentFile(kit, view, one))}</ul>`}
${is_sent && html`<form method="post" action="${to(`${HAND_IN_PATH}/xong`)}"><p class="hint">${t(T.finish_what)}</p><button>${t(T.finish)}</button></form>`}`,
  );
}

/** After the last file. */
export function donePage({ html, pageOf }: PageKit, view: View, uploads: readonly Upload[]): string {
  const { t } = view;
  const codes = uploads.map(
    ({ file_name, sha256 }) => html`<li>${file_name}<br><code>${sha256 ?? ''}</code></li>`,
  );
  return pageOf(view, t(T.done_title), null, html`<p>${t(T.done)}</p><p>${t(T.code)}:</p><ul>${codes}</ul>`);
}

/** What went wrong, in words, and the way back. */
export function faultPage(
  { html, pageOf }: PageKit,
  view: View,
  text: { readonly vi: string; readonly en: string },
  has_way_back: boolean,
): string {
  const { t, to } = view;
  const back = html`<p><a href="${to(HAND_IN_PATH)}">${t(T.back)}</a></p>`;
  return pageOf(view, t(T.fault_title), null, html`<p role="alert">${t(text)}</p>${has_way_back && back}`);
}

/** The file comes last: what was typed is known before its first byte. */
function fileForm({ html }: PageKit, view: View): Markup {
  const { t, to } = view;
  const words = {
    ...{ sending: t(T.js_sending), waiting: t(T.js_waiting), done: t(T.js_done), failed: t(T.js_failed) },
    language: view.language,
  };
  return html`<form id="send" method="post" enctype="multipart/form-data" action="${to(`${HAND_IN_PATH}/tep`)}" data-words="${JSON.stringify(words)}">
<div class="field"><label for="start">${t(T.start)}</label><span class="hint" id="start-hint">${t(T.start_hint)}</span><input id="start" name="start" required aria-describedby="start-hint" maxlength="40"></div>
<fieldset><legend>${t(T.clock)}</legend>
<label class="choice"><input type="radio" name="clock" value="device" checked><span>${t(T.clock_device)}</span></label>
<label class="choice"><input type="radio" name="clock" value="true_time"><span>${t(T.clock_true)}</span></label></fieldset>
<details><summary>${t(T.offset)}</summary>
<div class="field"><label for="shown">${t(T.shown)}</label><input id="shown" name="shown" maxlength="40"></div>
<div class="field"><label for="truth">${t(T.truth)}</label><input id="truth" name="truth" maxlength="40"></div></details>
<div class="field"><label for="file">${t(T.file)}</label><input id="file" name="file" type="file" required></div>
<button id="send-button">${t(T.send)}</button>
<progress id="progress" max="100" value="0" hidden></progress><p id="status" role="status" aria-live="polite"></p>
</form>
<script src="${TUS_SCRIPT_PATH}" defer></script><script src="${SEND_SCRIPT_PATH}" defer></script>`;
}

function sentFile({ html }: PageKit, view: View, upload: Upload): Markup {
  const { t, to } = view;
  const removing = html`<form class="inline" method="post" action="${to(`${HAND_IN_PATH}/tep/${upload.id}/xoa`)}"><button class="plain">${t(T.remove)}</button></form>`;
  return html`<li><strong>${upload.file_name}</strong> – ${megabytes(upload.size_bytes)} MB – ${t(stateText(upload))}${upload.sha256 !== null && html`<br><span class="hint">${t(T.code)}: <code>${upload.sha256}</code></span>`} ${removing}</li>`;
}

function stateText({ state, check }: Upload): { readonly vi: string; readonly en: string } {
  if (state !== 'kept') return state === 'received' ? T.received : T.receiving;
  if (check?.is_readable === false) return T.unreadable;
  return check?.findings.includes('outside_span') === true ? T.outside : T.kept;
}

function megabytes(size_bytes: number): string {
  return (size_bytes / 1e6).toFixed(1);
}
