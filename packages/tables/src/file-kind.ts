import { CodedError } from '@minhchung/domain';
import { listParts } from './xlsx/zip-directory.ts';

/** What a file is by its content, whatever it is called. */
export type TableFormat = 'csv' | 'xlsx';

const OLE = [0xd0, 0xcf, 0x11, 0xe0];
const ZIP = [0x50, 0x4b, 0x03, 0x04];

/** First bytes of what people send by mistake → what to call it. */
const OTHERS: readonly (readonly [string, string])[] = [
  ['%PDF', 'PDF'],
  ['{\\rtf', 'RTF'],
  ['\u0089PNG', 'PNG'],
  ['\u00ff\u00d8\u00ff', 'JPEG'],
  ['GIF8', 'GIF'],
  ['Rar!', 'RAR'],
  ['7z\u00bc\u00af', '7-Zip'],
  ['\u001f\u008b', 'GZIP'],
];

/** A web page or XML that programs save under the name of a workbook. */
const MARKUP = /^\s*<(?:!doctype html|html|head|body|table|\?xml|\w+:workbook|workbook)/i;

const SNIFFED_BYTES = 512;

/**
 * Tells the format by content. Throws `TABLE_LEGACY_XLS`, `TABLE_ENCRYPTED`, `TABLE_MACROS`,
 * `TABLE_TYPE_UNSUPPORTED`, and for a ZIP what `listParts` throws.
 */
export function fileKind(bytes: Uint8Array): TableFormat {
  if (startsWith(bytes, OLE))
    throw new CodedError(isEncrypted(bytes) ? 'TABLE_ENCRYPTED' : 'TABLE_LEGACY_XLS');
  if (startsWith(bytes, ZIP)) {
    checkWorkbook(listParts(bytes));
    return 'xlsx';
  }
  const head = Buffer.from(bytes.subarray(0, SNIFFED_BYTES)).toString('latin1');
  const other = OTHERS.find(([magic]) => head.startsWith(magic));
  if (other !== undefined) throw new CodedError('TABLE_TYPE_UNSUPPORTED', { kind: other[1] });
  if (MARKUP.test(head.replace(/^\u00ef\u00bb\u00bf/, ''))) {
    throw new CodedError('TABLE_TYPE_UNSUPPORTED', { kind: 'HTML/XML' });
  }
  return 'csv';
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, n) => bytes[n] === byte);
}

/** Office keeps an encrypted workbook in an OLE file with a stream of this name (MS-OFFCRYPTO 2.3.4.4). */
function isEncrypted(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(
    Buffer.from('EncryptedPackage', 'utf16le'),
  );
}

function checkWorkbook(names: readonly string[]): void {
  const has = (pattern: RegExp) => names.some((name) => pattern.test(name));
  if (has(/(^|\/)vbaProject\.bin$/i) || has(/^xl\/macrosheets\//i)) throw new CodedError('TABLE_MACROS');
  if (has(/^xl\/workbook\.xml$/i)) return;
  const kind = has(/^xl\/workbook\.bin$/i)
    ? 'Excel .xlsb'
    : has(/^word\//i)
      ? 'Word'
      : has(/^ppt\//i)
        ? 'PowerPoint'
        : has(/^content\.xml$/i)
          ? 'OpenDocument'
          : 'ZIP';
  throw new CodedError('TABLE_TYPE_UNSUPPORTED', { kind });
}
