import { XML_DEPTH_MAX, XML_NODES_MAX } from '../limits.ts';
import type { XmlElement } from './element.ts';
import { decodeReferences } from './references.ts';
import { readTag } from './tag.ts';
import { XmlError } from './xml-error.ts';

interface OpenElement {
  readonly name: string;
  readonly raw_name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  text: string;
}

const BANG = 0x21;
const SLASH = 0x2f;
const QUESTION_MARK = 0x3f;

/**
 * Reads a SOAP answer in one forward pass: linear in its length, bounded in depth and number of nodes. Refuses
 * DOCTYPE (and with it every entity that is not built in), unbalanced tags and text outside the root. Does not
 * check prefixes: devices use undeclared ones. Throws `XmlError`.
 */
export function readXml(text: string): XmlElement {
  const open: OpenElement[] = [];
  let top: OpenElement | undefined;
  let root: XmlElement | undefined;
  let nodes = 0;
  let at = text.startsWith('\uFEFF') ? 1 : 0;

  const close = (raw_name: string): void => {
    if (top === undefined || top.raw_name !== raw_name) throw new XmlError('tags');
    const element = { ...top, text: top.text.trim() };
    open.pop();
    top = open.at(-1);
    if (top === undefined) root = element;
    else top.children.push(element);
  };

  while (at < text.length) {
    const next = text.indexOf('<', at);
    if (next !== at) addText(top, text.slice(at, next === -1 ? text.length : next));
    if (next === -1) break;
    const mark = text.charCodeAt(next + 1);
    if (mark === SLASH) {
      const end = after(text, '>', next + 2);
      close(text.slice(next + 2, end - 1).trimEnd());
      at = end;
    } else if (mark === QUESTION_MARK) {
      at = after(text, '?>', next + 2);
    } else if (mark === BANG && text.startsWith('<!--', next)) {
      at = after(text, '-->', next + 4);
    } else if (mark === BANG && text.startsWith('<![CDATA[', next)) {
      at = after(text, ']]>', next + 9);
      if (top === undefined) throw new XmlError('text_outside');
      top.text += text.slice(next + 9, at - 3);
    } else if (mark === BANG) {
      throw new XmlError('doctype');
    } else {
      if (root !== undefined) throw new XmlError('many_roots');
      const tag = readTag(text, next + 1);
      nodes += 1 + tag.attributes.size;
      if (nodes > XML_NODES_MAX) throw new XmlError('too_many');
      if (open.length >= XML_DEPTH_MAX) throw new XmlError('too_deep');
      const { name, raw_name, attributes } = tag;
      top = { name, raw_name, attributes, children: [], text: '' };
      open.push(top);
      if (tag.is_empty) close(raw_name);
      at = tag.end;
    }
  }
  if (root === undefined || top !== undefined) throw new XmlError('cut_short');
  return root;
}

function addText(top: OpenElement | undefined, raw: string): void {
  if (top !== undefined) top.text += decodeReferences(raw);
  else if (raw.trim() !== '') throw new XmlError('text_outside');
}

function after(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  if (at === -1) throw new XmlError('cut_short');
  return at + mark.length;
}
