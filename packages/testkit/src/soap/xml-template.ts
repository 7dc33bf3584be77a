/** Text that is XML already. Everything else is escaped where it is put into a template. */
export class XmlFragment {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type XmlValue = string | number | boolean | null | undefined | XmlFragment | readonly XmlFragment[];

/** Template for XML answers: fragments go in as they are, other values escaped, null and undefined as nothing. */
export function xml(parts: TemplateStringsArray, ...values: readonly XmlValue[]): XmlFragment {
  let text = '';
  parts.forEach((part, n) => {
    text += withoutIndentation(part) + (n < values.length ? render(values[n]) : '');
  });
  return new XmlFragment(text.trim());
}

/** Line breaks of a template are for its reader: between tags they vanish, inside a tag they are a space. */
function withoutIndentation(part: string): string {
  return part
    .replaceAll(/>\s*\n\s*/g, '>')
    .replaceAll(/\s*\n\s*</g, '<')
    .replaceAll(/\s*\n\s*/g, ' ');
}

function render(value: XmlValue): string {
  if (value === null || value === undefined) return '';
  if (value instanceof XmlFragment) return value.text;
  if (Array.isArray(value)) return value.map((fragment: XmlFragment) => fragment.text).join('');
  return escapeXml(String(value));
}

/** Escapes text for element content and attribute values. */
export function escapeXml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}
