import { XmlError } from './xml-error.ts';

const NAMED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/**
 * Text made safe for element content and attribute values alike. Throws `XmlError` for characters XML 1.0
 * cannot carry at all (section 2.2): dropping one would send another token or name than the one meant.
 */
export function escapeXml(text: string): string {
  for (const character of text) {
    if (!isXmlCharacter(character.codePointAt(0)!)) {
      throw new XmlError('character');
    }
  }
  return text.replace(/[&<>"']/g, (character) => NAMED[character]!).replace(/\r/g, '&#13;');
}

/** Char of XML 1.0, section 2.2. */
export function isXmlCharacter(code: number): boolean {
  return (
    code === 0x9 ||
    code === 0xa ||
    code === 0xd ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff)
  );
}
