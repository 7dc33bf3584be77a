import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { XML_DEPTH_MAX, XML_NODES_MAX } from '../limits.ts';
import { find, findAll, textAt } from './element.ts';
import { escapeXml } from './escape.ts';
import { readXml } from './reader.ts';
import { XmlError } from './xml-error.ts';

describe('the XML reader', () => {
  it('reads elements by local name, attributes and text as they are', () => {
    const root = readXml(
      '\uFEFF<?xml version="1.0"?><!-- c --><s:a xmlns:s="x"><b t="1.10">  007 </b><w:b/><b><![CDATA[<&>]]></b></s:a>',
    );
    expect(root.name).toBe('a');
    expect(findAll(root, 'b').map(({ text }) => text)).toEqual(['007', '', '<&>']);
    expect(find(root, 'b')?.attributes.get('t')).toBe('1.10');
    expect(textAt(root, 'missing', 'b')).toBeNull();
  });

  it('replaces each reference once and leaves a bare ampersand', () => {
    expect(readXml('<a>&amp;lt; &#65;&#x42; a&b &unknown;</a>').text).toBe('&lt; AB a&b &unknown;');
  });

  it.each([
    ['a DOCTYPE', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'],
    ['tags that do not match', '<a><b></a></b>'],
    ['an end too early', '<a><b>'],
    ['two roots', '<a/><b/>'],
    ['text around the root', '<a/>x'],
    ['nothing', ''],
    ['a tag without a name', '<a>< b/></a>'],
    ['an attribute without quotes', '<a b=c/>'],
    ['a reference to no character', '<a>&#0;</a>'],
    ['depth without end', '<a>'.repeat(XML_DEPTH_MAX + 1)],
    ['nodes without end', `<a>${'<b/>'.repeat(XML_NODES_MAX)}</a>`],
  ])('refuses %s', (_, text) => {
    expect(() => readXml(text)).toThrow(XmlError);
  });

  it.each([
    ['tags', '<'.repeat(1_000_000)],
    ['attributes', `<a ${'b="" '.repeat(200_000)}`],
    ['spaces', `<a${' '.repeat(1_000_000)}`],
    ['namespaces', `<a>${'xmlns'.repeat(200_000)}`],
    ['references', `<a>${'&#'.repeat(500_000)}</a`],
    ['comments', '<!--'.repeat(250_000)],
  ])('gives up on a megabyte of %s quickly', (_, text) => {
    const before_ms = performance.now();
    expect(() => readXml(text)).toThrow(XmlError);
    expect(performance.now() - before_ms).toBeLessThan(5_000);
  });

  it('reads back whatever was escaped', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const root = readXml(`<a b="${escapeXml(text)}">x${escapeXml(text)}x</a>`);
        return root.text === `x${text}x` && root.attributes.get('b') === text;
      }),
    );
  });

  it('refuses to send a character XML cannot carry', () => {
    expect(() => escapeXml('a\u0000b')).toThrow(XmlError);
  });

  it('throws nothing but its own error, whatever the bytes', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '</',
      '/>',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '&',
      ';',
      '"',
      "'",
      '=',
      ' ',
      'a',
      ':',
      '<a>',
      '</a>',
      '<?',
      '?>',
      '&#x41;',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        try {
          readXml(pieces.join(''));
        } catch (error) {
          if (!(error instanceof XmlError)) throw error;
        }
      }),
      { numRuns: 3_000 },
    );
  });
});
