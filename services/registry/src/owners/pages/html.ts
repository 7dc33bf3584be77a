/** Text that is HTML already. Everything else is escaped on its way into a page. */
export interface Markup {
  readonly markup: string;
}

type Value = Markup | string | number | null | false | readonly Value[];

/** A piece of a page: what is filled in is text, unless it is `Markup`. Null and false leave nothing. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return { markup: parts.reduce((text, part, n) => `${text}${shown(values[n - 1] ?? null)}${part}`) };
}

function shown(value: Value): string {
  if (value === null || value === false) return '';
  if (typeof value === 'string' || typeof value === 'number') return escaped(String(value));
  if ('markup' in value) return value.markup;
  return value.map(shown).join('');
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
