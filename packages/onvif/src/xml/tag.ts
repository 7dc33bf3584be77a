import { XML_NODES_MAX } from '../limits.ts';
import { decodeReferences } from './references.ts';
import { XmlError } from './xml-error.ts';

/** A start tag, from its name to the place behind its `>`. */
export interface StartTag {
  /** Without its prefix. */
  readonly name: string;
  readonly raw_name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly is_empty: boolean;
  readonly end: number;
}

/** Most elements have none: they share this one. */
const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map();

/** Reads the start tag whose name begins at `start`. Throws `XmlError`. */
export function readTag(text: string, start: number): StartTag {
  const name_end = nameEnd(text, start);
  if (name_end === start) throw new XmlError('broken_tag');
  const raw_name = text.slice(start, name_end);
  const name = localName(raw_name);
  let attributes: Map<string, string> | null = null;
  let at = name_end;
  for (;;) {
    at = skipSpace(text, at);
    const character = text[at];
    const is_empty = character === '/' && text[at + 1] === '>';
    if (is_empty || character === '>') {
      const end = at + (is_empty ? 2 : 1);
      return { name, raw_name, attributes: attributes ?? NO_ATTRIBUTES, is_empty, end };
    }
    const attribute_end = nameEnd(text, at);
    const attribute = text.slice(at, attribute_end);
    at = skipSpace(text, attribute_end);
    if (attribute === '' || text[at] !== '=') throw new XmlError('broken_tag');
    at = skipSpace(text, at + 1);
    const quote = text[at];
    if (quote !== '"' && quote !== "'") throw new XmlError('broken_tag');
    const end = text.indexOf(quote, at + 1);
    if (end === -1) throw new XmlError('cut_short');
    if (attribute !== 'xmlns' && !attribute.startsWith('xmlns:')) {
      const value = text.slice(at + 1, end);
      if (value.includes('<')) throw new XmlError('broken_tag');
      attributes ??= new Map();
      attributes.set(localName(attribute), decodeReferences(value));
      if (attributes.size > XML_NODES_MAX) throw new XmlError('too_many');
    }
    at = end + 1;
  }
}

/** Where a name ends: at a space, `/`, `>`, `=`, `<` or a quote. */
function nameEnd(text: string, start: number): number {
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code <= 0x20 || code === 0x2f || (code >= 0x3c && code <= 0x3e) || code === 0x22 || code === 0x27) {
      return at;
    }
  }
  throw new XmlError('cut_short');
}

function skipSpace(text: string, start: number): number {
  let at = start;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code !== 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d) return at;
    at += 1;
  }
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(colon + 1);
}
