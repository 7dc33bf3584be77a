/**
 * One element of an answer. Names are local names: devices declare prefixes wrongly or not at all, and within
 * one ONVIF answer local names are unambiguous. Everything is text: "1.10" stays "1.10".
 */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Character data directly inside, trimmed. */
  readonly text: string;
}

/** The first child of that name, following a path of names. */
export function find(element: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined {
  let at = element;
  for (const name of path) at = at?.children.find((child) => child.name === name);
  return at;
}

/** All children of that name. */
export function findAll(element: XmlElement | undefined, name: string): XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

/** Text at a path, or null where there is no such element or it is empty. */
export function textAt(element: XmlElement | undefined, ...path: readonly string[]): string | null {
  const text = find(element, ...path)?.text ?? '';
  return text === '' ? null : text;
}
