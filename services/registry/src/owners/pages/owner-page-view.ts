import {
  type Agreement,
  formatVietnam,
  type ItemState,
  isAgreementPurpose,
  PURPOSE_NAMES,
} from '@minhchung/domain';
import { NOTE_CHARS_MAX } from '../limits.ts';
import { OWNER_PATH } from '../links.ts';
import type { OwnersItem, OwnersPage } from '../owner-page.ts';
import { choice, textField } from './form-fields.ts';
import { html, type Markup } from './html.ts';
import { pageOf, type View } from './layout.ts';
import { allowance, looksSection } from './look-view.ts';
import { CAMERA_STATE_NAMES, ITEM_STATE_NAMES, OWNER_TEXTS as T } from './owner-texts.ts';

/** The owner's own page. What waits for an answer comes first. */
export function ownersPage(view: View, { owner, cameras, items, looks }: OwnersPage): string {
  const { t, to } = view;
  const waiting = items.filter(({ waits_for_owner }) => waits_for_owner);
  const others = items.filter(({ waits_for_owner }) => !waits_for_owner);
  return pageOf(
    view,
    t(T.open_title),
    OWNER_PATH,
    html`<p>${owner.name}</p>
${waiting.length > 0 && html`<h2>${t(T.waiting)}</h2>${waiting.map((item) => itemPanel(view, item))}`}
<h2>${t(T.cameras)}</h2>
${cameras.length === 0 ? html`<p>${t(T.no_cameras)}</p>` : cameras.map((one) => cameraPanel(view, one))}
<h2>${t(T.items)}</h2>
${others.length === 0 ? html`<p>${t(T.no_items)}</p>` : others.map((item) => itemPanel(view, item))}
${looksSection(view, looks)}
<form method="post" action="${to(`${OWNER_PATH}/leave`)}"><button class="plain">${t(T.leave)}</button></form>`,
  );
}

function cameraPanel(view: View, { camera, observation, agreement }: OwnersPage['cameras'][number]): Markup {
  const { t } = view;
  const state = t(CAMERA_STATE_NAMES[observation?.state ?? 'unknown']);
  const since = observation === null ? '' : ` (${t(T.since)} ${formatVietnam(observation.from_ms)})`;
  return html`<section class="panel"><h3>${camera.name} · ${camera.code}</h3>
<dl><dt>${t(T.state)}</dt><dd>${state}${since}</dd>${agreementRows(view, agreement)}</dl>
${allowance(view, camera.id)}
${agreement !== null && agreement.withdrawn_at_ms === null && withdrawal(view, camera.id)}</section>`;
}

function agreementRows({ t }: View, agreement: Agreement | null): Markup {
  if (agreement === null) return html`<dt>${t(T.agreement)}</dt><dd>${t(T.no_agreement)}</dd>`;
  const { withdrawn_at_ms, hours, purposes, mode, confirmed_at_ms, allows_audio } = agreement;
  if (withdrawn_at_ms !== null) {
    return html`<dt>${t(T.agreement)}</dt><dd>${t(T.ended)} ${formatVietnam(withdrawn_at_ms)}</dd>`;
  }
  const span = hours === null ? t(T.any_hour) : `${clock(hours.from_minute)}–${clock(hours.to_minute)}`;
  return html`<dt>${t(T.agreement)}</dt><dd>${t(T[mode])}</dd>
<dt>${t(T.purposes)}</dt><dd>${purposes.map((one) => purposeText(one, t)).join('; ')}</dd>
<dt>${t(T.audio)}</dt><dd>${t(allows_audio ? T.audio_allowed : T.audio_not_allowed)}</dd>
<dt>${t(T.hours)}</dt><dd>${span}</dd>
<dt>${t(T.confirmed)}</dt><dd>${formatVietnam(confirmed_at_ms)}</dd>`;
}

function withdrawal(view: View, camera_id: string): Markup {
  const { t, to } = view;
  return html`<details><summary>${t(T.withdraw_open)}</summary><p>${t(T.withdraw_what)}</p>
<form method="post" action="${to(`${OWNER_PATH}/cameras/${camera_id}/withdraw`)}">
${textField({ name: 'reason', id: `reason-${camera_id}`, label: t(T.reason), value: '' }, { chars_max: NOTE_CHARS_MAX })}
${choice('checkbox', 'sure', { value: 'yes', text: t(T.withdraw_sure), is_chosen: false, is_required: true })}
<button class="grave">${t(T.withdraw)}</button></form></details>`;
}

function itemPanel(view: View, item: OwnersItem): Markup {
  const { t } = view;
  const { wanted, wants_audio, camera_code, unit_name, purpose, legal_basis, state, reason } = item;
  const outcome = t(ITEM_STATE_NAMES[state as ItemState]);
  const why = reason === null || item.waits_for_owner ? '' : ` – ${t(reason.text)}`;
  return html`<section class="panel"><h3>${camera_code}</h3>
<dl><dt>${t(T.span)}</dt><dd>${formatVietnam(wanted.start_ms)} ${t(T.until)} ${formatVietnam(wanted.end_ms)}${wants_audio && ` · ${t(T.with_audio)}`}</dd>
<dt>${t(T.by)}</dt><dd>${unit_name}</dd>
<dt>${t(T.purpose)}</dt><dd>${purposeText(purpose, t)}${legal_basis === 'lawful_order' && ` · ${t(T.order)}`}</dd>
<dt>${t(T.outcome)}</dt><dd>${item.waits_for_owner ? t(T.waiting) : `${outcome}${why}`}</dd></dl>
${item.waits_for_owner && answers(view, item.id)}</section>`;
}

function answers(view: View, item_id: string): Markup {
  const { t, to } = view;
  const action = to(`${OWNER_PATH}/items/${item_id}`);
  return html`<form class="inline" method="post" action="${action}"><button name="verdict" value="accepted">${t(T.accept)}</button></form>
<details><summary>${t(T.refuse_open)}</summary><form class="inline" method="post" action="${action}">
${textField({ name: 'reason', id: `reason-${item_id}`, label: t(T.reason), value: '' }, { chars_max: NOTE_CHARS_MAX })}
<button class="grave" name="verdict" value="refused">${t(T.refuse)}</button></form></details>`;
}

function purposeText(purpose: string, t: View['t']): string {
  return isAgreementPurpose(purpose) ? t(PURPOSE_NAMES[purpose]) : purpose;
}

function clock(minute: number): string {
  return [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
