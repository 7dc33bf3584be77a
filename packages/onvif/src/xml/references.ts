import { isXmlCharacter } from './escape.ts';
import { XmlError } from './xml-error.ts';

const BUILT_IN: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Text with its references replaced: the five built-in entities and character numbers, nothing else, once.
 * A bare `&` stays what it is: cameras write it into addresses unescaped. Throws `XmlError`.
 */
export function decodeReferences(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(#x[0-9a-fA-F]{1,6}|#[0-9]{1,7}|[A-Za-z]{1,8});/g, (whole, name: string) => {
    if (!name.startsWith('#')) return BUILT_IN[name] ?? whole;
    const code = name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    if (!isXmlCharacter(code)) throw new XmlError('character');
    return String.fromCodePoint(code);
  });
}
