import { XML_DEPTH_MAX, XML_ELEMENT_COUNT_MAX } from '../limits.ts';

/** One element, without regard to prefixes: a simulator reads names, not namespaces. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

interface OpenElement {
  name: string;
  attributes: Record<string, string>;
  children: XmlElement[];
  text: string;
}

const TOKEN =
  /<\?[^>]*\?>|<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<(\/?)([\w:.-]+)(?=[\s/>])((?:[^<>"']|"[^"]*"|'[^']*')*?)(\/?)>|([^<]+)|</g;
const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** Reads a whole document and returns its root. Throws `SyntaxError`; document types are refused. */
export function readXml(document: string): XmlElement {
  const root: OpenElement = { name: '', attributes: {}, children: [], text: '' };
  const open: OpenElement[] = [root];
  let element_count = 0;
  for (const [token, cdata, closing, name, attributes, empty, text] of document.matchAll(TOKEN)) {
    const current = open.at(-1)!;
    if (cdata !== undefined) current.text += cdata;
    else if (text !== undefined) current.text += unescapeXml(text);
    else if (name === undefined) {
      if (token === '<') throw new SyntaxError('Not well-formed XML.');
    } else if (closing) {
      if (current.name !== localName(name) || open.length === 1)
        throw new SyntaxError(`Unexpected </${name}>.`);
      open.pop();
    } else {
      if (++element_count > XML_ELEMENT_COUNT_MAX || open.length > XML_DEPTH_MAX)
        throw new SyntaxError('More XML than the limits allow.');
      const element = {
        name: localName(name),
        attributes: readAttributes(attributes ?? ''),
        children: [],
        text: '',
      };
      current.children.push(element);
      if (!empty) open.push(element);
    }
  }
  if (open.length !== 1 || root.children.length !== 1) throw new SyntaxError('Not one XML document.');
  return root.children[0]!;
}

/** First descendant reached by the path of local names, or null. */
export function findXml(element: XmlElement | null, ...path: readonly string[]): XmlElement | null {
  let found: XmlElement | null = element;
  for (const name of path) found = found?.children.find((child) => child.name === name) ?? null;
  return found;
}

/** Trimmed text at a path, or null when there is no such element. */
export function xmlText(element: XmlElement | null, ...path: readonly string[]): string | null {
  return findXml(element, ...path)?.text.trim() ?? null;
}

function readAttributes(source: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [, name, double, single] of source.matchAll(ATTRIBUTE))
    attributes[localName(name!)] = unescapeXml(double ?? single ?? '');
  return attributes;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescapeXml(text: string): string {
  return text.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(\w+));/g, (whole, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[name as string] ?? whole;
    const code_point = decimal !== undefined ? Number(decimal) : Number.parseInt(hex as string, 16);
    if (code_point > 0x10ffff) throw new SyntaxError('Character reference outside Unicode.');
    return String.fromCodePoint(code_point);
  });
}
