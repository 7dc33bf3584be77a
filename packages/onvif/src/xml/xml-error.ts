import type { Bilingual } from '@minhchung/domain';

/** What can be wrong with an answer's text, as it continues a sentence. */
export const XML_PROBLEMS = {
  empty: { vi: 'câu trả lời rỗng', en: 'an empty answer' },
  web_page: {
    vi: 'một trang web thay cho thông điệp SOAP',
    en: 'a web page in place of a SOAP message',
  },
  no_soap: { vi: 'XML không phải thông điệp SOAP', en: 'XML that is no SOAP message' },
  nothing_in_it: {
    vi: 'thông điệp SOAP không có nội dung',
    en: 'a SOAP message with nothing in it',
  },
  cut_short: { vi: 'XML bị đứt giữa chừng', en: 'XML that ends before it is complete' },
  tags: { vi: 'XML có thẻ không khớp', en: 'XML whose tags do not match' },
  broken_tag: { vi: 'XML có thẻ viết sai', en: 'XML with a broken tag' },
  text_outside: { vi: 'chữ nằm ngoài phần tử gốc', en: 'text outside the root element' },
  many_roots: { vi: 'XML có nhiều phần tử gốc', en: 'XML with more than one root element' },
  doctype: {
    vi: 'XML có DOCTYPE hoặc khai báo, điều SOAP cấm',
    en: 'a DOCTYPE or declaration, which no SOAP message may carry',
  },
  too_many: { vi: 'XML có quá nhiều phần tử', en: 'XML with too many elements' },
  too_deep: { vi: 'XML lồng quá sâu', en: 'XML nested too deep' },
  character: {
    vi: 'ký tự mà XML không mang được',
    en: 'a character that XML cannot carry',
  },
} as const satisfies Record<string, Bilingual>;

/** Text that is not the XML this package accepts. Callers turn it into a `DEVICE_BROKEN`. */
export class XmlError extends Error {
  readonly texts: Bilingual;

  constructor(problem: keyof typeof XML_PROBLEMS) {
    super(XML_PROBLEMS[problem].en);
    this.name = 'XmlError';
    this.texts = XML_PROBLEMS[problem];
  }
}
