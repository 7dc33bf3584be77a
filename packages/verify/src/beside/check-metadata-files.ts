import type { FileHandle } from 'node:fs/promises';
import type { Manifest, ManifestMetadataFile, ManifestSpan } from '@minhchung/formats';
import type { PackageFolder } from '../files/package-folder.ts';
import { METADATA_LINE_CHARS_MAX } from '../limits.ts';
import type { Details, Findings } from '../report/findings.ts';

/** Reads every file of metadata line by line and compares it with what the manifest says of it. */
export async function checkMetadataFiles(
  manifest: Manifest,
  folder: PackageFolder,
  findings: Findings,
): Promise<void> {
  for (const stated of manifest.metadata_files ?? []) {
    if (!folder.names.includes(stated.name)) continue;
    const searched = manifest.searches[stated.search]?.device_span;
    if (searched === undefined) {
      findings.judge('metadata_file', [{ what: 'search', actual: null, stated: stated.search }], stated.name);
      continue;
    }
    const file = await folder.open(stated.name);
    try {
      findings.judge('metadata_file', await problemsOf(stated, searched, file), stated.name);
    } finally {
      await file.close();
    }
  }
}

async function problemsOf(
  stated: ManifestMetadataFile,
  searched: ManifestSpan,
  file: FileHandle,
): Promise<Details[]> {
  let count = 0;
  let first_us: number | null = null;
  let last_us: number | null = null;
  let outside = 0;
  for await (const line of linesOf(file)) {
    const time_us = line === null ? null : timeOf(line);
    if (time_us === null) return [{ what: 'line', actual: count + 1, stated: null }];
    count += 1;
    first_us ??= time_us;
    last_us = time_us;
    if (time_us < searched.start_ms * 1000 || time_us >= searched.end_ms * 1000) outside += 1;
  }
  const problems: Details[] = [];
  const expect = (what: string, actual: number | null, said: number) => {
    if (actual !== said) problems.push({ what, actual, stated: said });
  };
  expect('document_count', count, stated.document_count);
  expect('first_device_time_us', first_us, stated.first_device_time_us);
  expect('last_device_time_us', last_us, stated.last_device_time_us);
  if (outside > 0) problems.push({ what: 'documents outside the searched span', actual: outside, stated: 0 });
  return problems;
}

/** Lines of a file, each ended by a line feed; null for one that is too long or has no end. */
async function* linesOf(file: FileHandle): AsyncGenerator<string | null> {
  let rest = '';
  const chunks = file.createReadStream({ encoding: 'utf8', autoClose: false });
  for await (const chunk of chunks as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!;
    if (rest.length > METADATA_LINE_CHARS_MAX) {
      yield null;
      return;
    }
    yield* lines;
  }
  if (rest !== '') yield null;
}

/** The device time of a line that holds one document as it should; else null. */
function timeOf(line: string): number | null {
  try {
    const { device_time_us, document, document_base64, ...others } = JSON.parse(line) as Record<
      string,
      unknown
    >;
    const texts = [document, document_base64].filter((text) => typeof text === 'string');
    const is_right = texts.length === 1 && Object.keys(others).length === 0;
    return is_right && Number.isSafeInteger(device_time_us) ? (device_time_us as number) : null;
  } catch {
    return null;
  }
}
