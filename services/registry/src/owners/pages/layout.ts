import type { Bilingual } from '@minhchung/domain';
import { html, type Markup } from './html.ts';
import { STYLE_PATH } from './style.ts';

export type Language = keyof Bilingual;

/** What a page is made with. */
export interface View {
  readonly language: Language;
  /** Picks the text of the page's language. */
  t(text: Bilingual): string;
  /** An address of ours that stays in the page's language. */
  to(path: string): string;
}

/** The language asked for in the address; Vietnamese otherwise. */
export function viewOf(query: unknown): View {
  const language = (query as { readonly lang?: unknown })?.lang === 'en' ? 'en' : 'vi';
  return {
    language,
    t: (text) => text[language],
    to: (path) => (language === 'en' ? `${path}?lang=en` : path),
  };
}

const FOOT = {
  vi: 'Trang này không dùng cookie theo dõi, không gửi dữ liệu cho bên thứ ba.',
  en: 'This page uses no tracking cookies and sends nothing to third parties.',
};
const SKIP = { vi: 'Đến nội dung chính', en: 'Skip to content' };

/** A whole page. `path`: where it is, for the link to the other language; null: the other language has no address. */
export function pageOf(view: View, title: string, path: string | null, content: Markup): string {
  const { language, t } = view;
  const other =
    language === 'vi'
      ? html`<a href="${path ?? ''}?lang=en" hreflang="en" lang="en">English</a>`
      : html`<a href="${path ?? ''}" hreflang="vi" lang="vi">Tiếng Việt</a>`;
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} · Minh Chứng</title>
<link rel="stylesheet" href="${STYLE_PATH}">
</head>
<body>
<a class="skip" href="#main">${t(SKIP)}</a>
<header><strong>Minh Chứng</strong>${path !== null && other}</header>
<main id="main">
<h1>${title}</h1>
${content}
</main>
<footer><p>${t(FOOT)}</p></footer>
</body>
</html>
`.markup;
}
