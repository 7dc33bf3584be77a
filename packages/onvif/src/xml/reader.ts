import { XML_DEPTH_MAX, XML_NODES_MAX } from '../limits.ts';
import type { XmlElement } from './element.ts';
import { decodeReferences } from './references.ts';
import { XmlError } from './xml-error.ts';

interface OpenElement {
  readonly name: string;
  readonly raw_name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  readonly text: string[];
}

const SPACE = /[ \t\r\n]/;
const NAME_END = /[ \t\r\n/>=<"']/g;

/**
 * Reads a SOAP answer in one forward pass: linear in its length, bounded in depth and number of nodes. Refuses
 * DOCTYPE (and with it every entity that is not built in), unbalanced tags and text outside the root. Does not
 * check prefixes: devices use undeclared ones. Throws `XmlError`.
 */
export function readXml(text: string): XmlElement {
  const open: OpenElement[] = [];
  let root: XmlElement | undefined;
  let nodes = 0;
  let at = text.startsWith('\uFEFF') ? 1 : 0;

  const close = (raw_name: string): void => {
    const top = open.pop();
    if (top === undefined || top.raw_name !== raw_name) throw new XmlError('tags do not match');
    const { name, attributes, children } = top;
    const element = { name, attributes, children, text: top.text.join('').trim() };
    const parent = open.at(-1);
    if (parent === undefined) root = element;
    else parent.children.push(element);
  };

  while (at < text.length) {
    const next = text.indexOf('<', at);
    addText(open, text.slice(at, next === -1 ? text.length : next));
    if (next === -1) break;
    if (text.startsWith('<!--', next)) {
      at = after(text, '-->', next + 4);
    } else if (text.startsWith('<![CDATA[', next)) {
      const end = after(text, ']]>', next + 9);
      const top = open.at(-1);
      if (top === undefined) throw new XmlError('text outside the root element');
      top.text.push(text.slice(next + 9, end - 3));
      at = end;
    } else if (text.startsWith('<?', next)) {
      at = after(text, '?>', next + 2);
    } else if (text.startsWith('<!', next)) {
      throw new XmlError('a DOCTYPE or declaration, which no SOAP message may carry');
    } else if (text.startsWith('</', next)) {
      const end = after(text, '>', next + 2);
      close(text.slice(next + 2, end - 1).trimEnd());
      at = end;
    } else {
      if (root !== undefined) throw new XmlError('more than one root element');
      const tag = readTag(text, next + 1);
      nodes += 1 + tag.attributes.size;
      if (nodes > XML_NODES_MAX) throw new XmlError('too many elements');
      if (open.length >= XML_DEPTH_MAX) throw new XmlError('nested too deep');
      open.push({
        name: localName(tag.name),
        raw_name: tag.name,
        attributes: tag.attributes,
        children: [],
        text: [],
      });
      if (tag.is_empty) close(tag.name);
      at = tag.end;
    }
  }
  if (root === undefined || open.length > 0) throw new XmlError('it ends before it is complete');
  return root;
}

function addText(open: OpenElement[], raw: string): void {
  if (raw === '') return;
  const top = open.at(-1);
  if (top !== undefined) top.text.push(decodeReferences(raw));
  else if (raw.trim() !== '') throw new XmlError('text outside the root element');
}

function readTag(
  text: string,
  start: number,
): { name: string; attributes: Map<string, string>; is_empty: boolean; end: number } {
  const name_end = nameEnd(text, start);
  const name = text.slice(start, name_end);
  if (name === '') throw new XmlError('a tag without a name');
  const attributes = new Map<string, string>();
  let at = name_end;
  for (;;) {
    at = skipSpace(text, at);
    const character = text[at];
    if (character === '>') return { name, attributes, is_empty: false, end: at + 1 };
    if (character === '/' && text[at + 1] === '>') return { name, attributes, is_empty: true, end: at + 2 };
    const attribute_end = nameEnd(text, at);
    const attribute = text.slice(at, attribute_end);
    at = skipSpace(text, attribute_end);
    if (attribute === '' || text[at] !== '=') throw new XmlError('a broken tag');
    at = skipSpace(text, at + 1);
    const quote = text[at];
    if (quote !== '"' && quote !== "'") throw new XmlError('an attribute without quotes');
    const end = after(text, quote, at + 1);
    const value = text.slice(at + 1, end - 1);
    if (value.includes('<')) throw new XmlError('a broken attribute');
    if (attribute !== 'xmlns' && !attribute.startsWith('xmlns:')) {
      attributes.set(localName(attribute), decodeReferences(value));
    }
    at = end;
    if (attributes.size > XML_NODES_MAX) throw new XmlError('too many attributes');
  }
}

function nameEnd(text: string, start: number): number {
  NAME_END.lastIndex = start;
  const match = NAME_END.exec(text);
  if (match === null) throw new XmlError('it ends inside a tag');
  return match.index;
}

function skipSpace(text: string, start: number): number {
  let at = start;
  while (at < text.length && SPACE.test(text[at]!)) at += 1;
  return at;
}

function after(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  if (at === -1) throw new XmlError('it ends before it is complete');
  return at + mark.length;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
