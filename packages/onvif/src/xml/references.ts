import { isXmlCharacter } from './escape.ts';
import { XmlError } from './xml-error.ts';

const BUILT_IN: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Text with its references replaced: the five built-in entities and character numbers, nothing else, once.
 * A bare `&` stays what it is: cameras write it into addresses unescaped. Throws `XmlError`.
 */
export function decodeReferences(text: string): string {
  let ampersand = text.indexOf('&');
  if (ampersand === -1) return text;
  let decoded = '';
  let at = 0;
  while (ampersand !== -1) {
    // Looked for no further than a name is long: an answer full of `&` must not be read again for each.
    const name = text.slice(ampersand + 1, ampersand + NAME_LENGTH_MAX + 2);
    const length = name.indexOf(';');
    const character = length === -1 ? null : characterOf(name.slice(0, length));
    if (character !== null) {
      decoded += text.slice(at, ampersand) + character;
      at = ampersand + length + 2;
    }
    ampersand = text.indexOf('&', Math.max(at, ampersand + 1));
  }
  return decoded + text.slice(at);
}

const NAME_LENGTH_MAX = 8;
const NUMBER = /^#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}))$/;

/** The character a reference stands for; null for a name nobody knows. */
function characterOf(name: string): string | null {
  if (!name.startsWith('#')) return Object.hasOwn(BUILT_IN, name) ? BUILT_IN[name]! : null;
  const match = NUMBER.exec(name);
  if (match === null) return null;
  const code = match[1] === undefined ? Number(match[2]) : Number.parseInt(match[1], 16);
  if (!isXmlCharacter(code)) throw new XmlError('character');
  return String.fromCodePoint(code);
}
