import { describe, expect, test } from 'vitest';
import { XML_DEPTH_MAX, XML_ELEMENT_COUNT_MAX } from '../limits.ts';
import { findXml, readXml, xmlText } from './xml-reader.ts';
import { xml } from './xml-template.ts';

describe('reading XML', () => {
  test('names lose their prefixes, texts and attributes their escapes', () => {
    const root = readXml(
      '<?xml version="1.0"?><a:b x:c="1 &lt; 2"><d>&#272;&#x1ED9; &amp;</d><!-- no --><e/></a:b>',
    );
    expect(root.name).toBe('b');
    expect(root.attributes).toEqual({ c: '1 < 2' });
    expect(xmlText(root, 'd')).toBe('Độ &');
    expect(findXml(root, 'e')).toMatchObject({ children: [], text: '' });
    expect(xmlText(root, 'e', 'f')).toBeNull();
  });

  test('character data keeps what looks like markup', () => {
    expect(readXml('<a><![CDATA[<b>&amp;]]></a>').text).toBe('<b>&amp;');
  });

  test.each([
    ['an unclosed element', '<a><b></a>'],
    ['two roots', '<a/><b/>'],
    ['no root', 'text'],
    ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
    ['a stray bracket', '<a>1 < 2</a>'],
    ['a character outside Unicode', '<a>&#9999999;</a>'],
  ])('%s is refused', (_, document) => {
    expect(() => readXml(document)).toThrow(SyntaxError);
  });

  test('more depth or elements than the limits allow are refused', () => {
    const nest = (depth: number) => '<a>'.repeat(depth) + '</a>'.repeat(depth);
    expect(readXml(nest(XML_DEPTH_MAX)).name).toBe('a');
    expect(() => readXml(nest(XML_DEPTH_MAX + 1))).toThrow('limits');
    expect(() => readXml(`<a>${'<b/>'.repeat(XML_ELEMENT_COUNT_MAX)}</a>`)).toThrow('limits');
  });

  test('a long tag that never ends is refused quickly', () => {
    const started_ms = performance.now();
    expect(() => readXml(`<${'a'.repeat(200_000)}`)).toThrow(SyntaxError);
    expect(performance.now() - started_ms).toBeLessThan(1000);
  });
});

describe('writing XML', () => {
  test('values are escaped, fragments are not, and indentation vanishes', () => {
    const inner = xml`<b>${'<&"\'>'}</b>`;
    const outer = xml`<a c="${'"'}"
      d="e">
      ${[inner, inner]}${null}
      </a>`;
    const escaped = '<b>&#60;&#38;&#34;&#39;&#62;</b>';
    expect(outer.text).toBe(`<a c="&#34;" d="e">${escaped}${escaped}</a>`);
    expect(xmlText(readXml(outer.text), 'b')).toBe('<&"\'>');
  });
});
