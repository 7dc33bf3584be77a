import { code, page, table } from './markdown.ts';

/** The part of an error catalogue that a reader needs. */
export type Catalogue = Readonly<
  Record<string, { readonly status: number; readonly text: { readonly vi: string; readonly en: string } }>
>;

/** `docs/ref/errors.md`: every code with its HTTP status and both texts, in order of code. */
export function renderErrors(catalogue: Catalogue): string {
  const codes = Object.keys(catalogue).sort();
  return page(
    'Errors',
    'packages/domain/src/error-catalogue',
    `Codes are stable: never renamed, never reused. Every answer of the API that is no success has a body
\`{ code, message: { vi, en }, details, problems?, request_id }\`; the command prints code and both texts on standard
error. \`{placeholders}\` are filled from \`details\`; secrets are never among them. Reasons of items
(\`reason.code\`) are these codes or one of \`recorder_hole\`, \`overwritten\`, \`not_yet_recorded\`, \`nothing_recorded\`, \`clock_set\`.`,
    `${codes.length} codes.`,
    table(
      ['code', 'HTTP', 'tiếng Việt', 'English'],
      codes.map((one) => {
        const { status, text } = catalogue[one]!;
        return [code(one), String(status), text.vi, text.en];
      }),
    ),
  );
}
