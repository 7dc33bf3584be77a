/** Lays rows out in columns for a terminal. Vietnamese letters are one column wide each. */
export function table(header: readonly string[], rows: readonly (readonly (string | number)[])[]): string[] {
  const cells = [header, ...rows].map((row) => row.map((cell) => String(cell).normalize('NFC')));
  const widths = header.map((_name, column) =>
    Math.max(...cells.map((row) => [...(row[column] ?? '')].length)),
  );
  const is_number = header.map((_name, column) => rows.every((row) => typeof row[column] === 'number'));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => {
        const space = ' '.repeat((widths[column] ?? 0) - [...cell].length);
        return is_number[column] ? space + cell : cell + space;
      })
      .join('  ')
      .trimEnd();
  const [head = [], ...body] = cells;
  return [line(head), widths.map((width) => '─'.repeat(width)).join('  '), ...body.map(line)];
}
