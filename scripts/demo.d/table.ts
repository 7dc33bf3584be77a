/** Terminal text: columns by what they show, not by how many code units they take. */

const STYLES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;
export type Style = keyof typeof STYLES;

/** Coloured where the output is a terminal that wants it (https://no-color.org), plain elsewhere. */
export function styled(
  text: string,
  style: Style,
  stream: { readonly isTTY?: boolean } = process.stdout,
): string {
  if (stream.isTTY !== true || process.env.NO_COLOR) return text;
  return `\u001B[${STYLES[style]}m${text}\u001B[0m`;
}

export interface Cell {
  readonly text: string;
  readonly style?: Style;
}

/** Columns a text takes in a terminal: combining marks take none. */
function width(text: string): number {
  return [...text.normalize('NFC')].filter((char) => !/\p{Mn}/u.test(char)).length;
}

/** A table with a ruled head. Every row has as many cells as the head. */
export function table(head: readonly string[], rows: readonly (readonly (Cell | string)[])[]): string {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === 'string' ? { text: cell } : cell)));
  const widths = head.map((title, column) =>
    Math.max(width(title), ...cells.map((row) => width(row[column]?.text ?? ''))),
  );
  const pad = (text: string, column: number) => text + ' '.repeat((widths[column] ?? 0) - width(text));
  const lines = [
    head.map((title, column) => styled(pad(title, column), 'bold')).join('  '),
    widths.map((columns) => '─'.repeat(columns)).join('──'),
    ...cells.map((row) =>
      row
        .map((cell: Cell, column) => {
          const padded = pad(cell.text, column);
          return cell.style === undefined ? padded : styled(padded, cell.style);
        })
        .join('  '),
    ),
  ];
  return `${lines.map((line) => `  ${line}`.trimEnd()).join('\n')}\n`;
}
