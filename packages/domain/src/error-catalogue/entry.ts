/** One kind of error: the HTTP status it answers with, and its text: what happened and what to do next. */
export interface CatalogueEntry {
  readonly status: number;
  readonly text: { readonly vi: string; readonly en: string };
}

/** Checks the shape while keeping the literal codes as keys. */
export function catalogue<const T extends Readonly<Record<string, CatalogueEntry>>>(entries: T): T {
  return entries;
}
