import { SHA256_PATTERN } from './constants.ts';
import { isPackageFileName } from './file-name.ts';
import { FormatError } from './format-error.ts';
import { PACKAGE_FILES_MAX, SHA256SUMS_BYTES_MAX } from './limits.ts';

/** One line of `SHA256SUMS`. */
export interface FileHash {
  readonly name: string;
  /** Lower-case hex. */
  readonly sha256: string;
}

/**
 * `SHA256SUMS` in its one accepted form, readable by `sha256sum -c`: one line `HASH  NAME` per file, sorted by
 * name, each ended by a line feed. Throws `FormatError` for a name or hash that may not stand there.
 */
export function encodeSha256Sums(files: readonly FileHash[]): Uint8Array {
  const sorted = [...files].sort((a, b) => compareNames(a.name, b.name));
  sorted.forEach((file, index) => {
    checkLine(file, sorted[index - 1]);
  });
  checkCount(sorted.length);
  checkCase(sorted);
  return new TextEncoder().encode(sorted.map((file) => `${file.sha256}  ${file.name}\n`).join(''));
}

/** Reads what `encodeSha256Sums` writes and nothing else. Throws `FormatError` naming the line. */
export function parseSha256Sums(bytes: Uint8Array): FileHash[] {
  if (bytes.length > SHA256SUMS_BYTES_MAX) throw new FormatError(`longer than ${SHA256SUMS_BYTES_MAX} bytes`);
  const text = decodeAscii(bytes);
  if (!text.endsWith('\n')) throw new FormatError('the last line is not ended');
  const lines = text.slice(0, -1).split('\n');
  checkCount(lines.length);
  const files: FileHash[] = [];
  for (const line of lines) {
    if (line.slice(64, 66) !== '  ') throw new FormatError(`line ${files.length + 1} is not "HASH  NAME"`);
    const file = { sha256: line.slice(0, 64), name: line.slice(66) };
    checkLine(file, files.at(-1));
    files.push(file);
  }
  checkCase(files);
  return files;
}

function checkLine(file: FileHash, previous: FileHash | undefined): void {
  if (!SHA256_PATTERN.test(file.sha256)) throw new FormatError(`"${file.sha256}" is not a SHA-256 in hex`);
  if (!isPackageFileName(file.name)) throw new FormatError(`"${file.name}" is not an allowed file name`);
  if (previous !== undefined && compareNames(previous.name, file.name) >= 0) {
    throw new FormatError(`"${file.name}" is out of order or doubled`);
  }
}

/** Two names that differ in case only become one file on Windows: refused. */
function checkCase(files: readonly FileHash[]): void {
  const folded = new Set(files.map((file) => file.name.toLowerCase()));
  if (folded.size !== files.length) throw new FormatError('two names differ in case only');
}

function checkCount(count: number): void {
  if (count === 0) throw new FormatError('no file is listed');
  if (count > PACKAGE_FILES_MAX) throw new FormatError(`more than ${PACKAGE_FILES_MAX} files are listed`);
}

/** Names are ASCII, so code units sort as bytes do. */
function compareNames(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function decodeAscii(bytes: Uint8Array): string {
  if (bytes.some((byte) => byte > 0x7e)) throw new FormatError('not plain ASCII');
  return new TextDecoder().decode(bytes);
}
