import { code, page, table } from './markdown.ts';

/** A column of the register as the import knows it. */
export interface ListedColumn {
  readonly name: string;
  readonly label_vi: string;
  readonly aliases: readonly string[];
  readonly required: boolean;
  readonly secret: boolean;
}

/** Words accepted for the values of a column: value → what people write. */
export type AcceptedWords = Readonly<Record<string, readonly string[]>>;

/** `docs/ref/register-columns.md`: headings of the camera register and the words its cells take. */
export function renderRegisterColumns(
  columns: readonly ListedColumn[],
  words: Readonly<Record<string, AcceptedWords>>,
): string {
  return page(
    'Columns of the camera register',
    'services/registry/src/import (columns.ts, words.ts)',
    `Any of the headings will do; case, diacritics and punctuation do not matter in them. How the columns work together
is told in [registering cameras](../guide/registering-cameras.md).`,
    table(
      ['column', 'heading in Vietnamese', 'also accepted', 'must be filled'],
      columns.map(({ name, label_vi, aliases, required, secret }) => [
        code(name),
        label_vi,
        aliases.join(', '),
        required ? 'yes' : secret ? 'no (secret: never repeated in a report)' : '',
      ]),
    ),
    '## Words for values',
    table(
      ['column', 'value', 'words'],
      Object.entries(words).flatMap(([column, values]) =>
        Object.entries(values).map(([value, spellings]) => [code(column), code(value), spellings.join(', ')]),
      ),
    ),
  );
}
