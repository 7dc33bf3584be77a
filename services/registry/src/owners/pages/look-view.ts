import { formatVietnam } from '@minhchung/domain';
import type { LookCode } from '../allow-look.ts';
import { OWNER_PATH } from '../links.ts';
import type { OwnersLook } from '../owner-page.ts';
import { html, type Markup } from './html.ts';
import { pageOf, type View } from './layout.ts';
import { LOOK_TEXTS as T } from './look-texts.ts';

/** The button by which an owner lets a technician look once. */
export function allowance({ t, to }: View, camera_id: string): Markup {
  return html`<details><summary>${t(T.allow_open)}</summary><p>${t(T.allow_what)}</p>
<form method="post" action="${to(`${OWNER_PATH}/cameras/${camera_id}/look`)}"><button>${t(T.allow)}</button></form></details>`;
}

/** The code, which is shown on this page only. */
export function lookCodePage(view: View, { code, camera, expires_at_ms }: LookCode): string {
  const { t, to } = view;
  return pageOf(
    view,
    t(T.code_title),
    OWNER_PATH,
    html`<section class="panel"><h2>${camera.name} · ${camera.code}</h2>
<p><strong>${code}</strong></p>
<p>${t(T.code_what)} ${formatVietnam(expires_at_ms)}.</p></section>
<p><a href="${to(OWNER_PATH)}">${t(T.back)}</a></p>`,
  );
}

/** Who looked is the register's business; that somebody did, and by whose word, the owner's. */
export function looksSection({ t }: View, looks: readonly OwnersLook[]): Markup {
  if (looks.length === 0) return html`<h2>${t(T.looks)}</h2><p>${t(T.no_looks)}</p>`;
  const row = ({ at_ms, camera_code, allowed_by }: OwnersLook) =>
    html`<li>${formatVietnam(at_ms)} · ${camera_code} · ${t(T[allowed_by])}</li>`;
  return html`<h2>${t(T.looks)}</h2><ul>${looks.map(row)}</ul>`;
}
