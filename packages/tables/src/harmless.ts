/**
 * Texts that spreadsheets would take for a formula: they begin with one of these, possibly behind apostrophes.
 * Full-width forms are folded to the plain ones by some programs.
 */
const DANGEROUS = /^'*[=+\-@\t\r\n＝＋－＠]/;
const QUOTED = /^'+[=+\-@\t\r\n＝＋－＠]/;

/** The text with an apostrophe in front when a spreadsheet would otherwise run it. Undone by `withoutGuard`. */
export function guarded(text: string): string {
  return DANGEROUS.test(text) ? `'${text}` : text;
}

/** Takes the apostrophe of `guarded` off again. */
export function withoutGuard(text: string): string {
  return QUOTED.test(text) ? text.slice(1) : text;
}
