import type { Bilingual } from '@minhchung/domain';

/** Text that is HTML already. */
export interface Markup {
  readonly markup: string;
}

type Value = Markup | string | number | null | false | readonly Value[];

/** What a page is made with. */
export interface View {
  readonly language: keyof Bilingual;
  t(text: Bilingual): string;
  /** An address of ours that stays in the page's language. */
  to(path: string): string;
}

/** How owners' pages look and escape: handed in by whoever composes the product, so that all of them are alike. */
export interface PageKit {
  html(parts: TemplateStringsArray, ...values: readonly Value[]): Markup;
  pageOf(view: View, title: string, path: string | null, content: Markup): string;
  viewOf(query: unknown): View;
}
