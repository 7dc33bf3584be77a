/** One Markdown table. Cells are text, not markup: bars and line ends in them are made harmless. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(header), `|${' --- |'.repeat(header.length)}`, ...rows.map(line)].join('\n');
}

function cell(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').replaceAll('|', '\\|');
}

/** Text in a fixed-width font; nothing for an empty text. */
export function code(text: string): string {
  return text === '' ? '' : `\`${text}\``;
}

/** A page that says where it comes from, so that nobody mends it by hand. */
export function page(title: string, source: string, ...blocks: readonly string[]): string {
  const origin = `<!-- Written by scripts/reference from ${source}. Change it there, then run ./scripts/reference. -->`;
  return `${[`# ${title}`, origin, ...blocks].join('\n\n')}\n`;
}
