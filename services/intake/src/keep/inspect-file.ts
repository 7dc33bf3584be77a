import { open } from 'node:fs/promises';
import {
  type DeclaredTime,
  declaredOffsets,
  isCoded,
  judgeUpload,
  type MediaReader,
  type Span,
  type UploadCheck,
  type UploadFinding,
} from '@minhchung/domain';
import { INSPECTION_DEADLINE_MS, SNIFFED_BYTES } from '../limits.ts';
import { mp4Created_ms } from './mp4-created.ts';
import { nameDiffers, type SniffedKind, sniff } from './sniff.ts';

/** What is looked at, and what it is compared with. */
export interface InspectedFile {
  readonly path: string;
  readonly file_name: string;
  readonly declared: DeclaredTime;
  /** True time: what was approved. */
  readonly wanted: Span;
  /** Taken on both sides where the declared clock's offset is not known. */
  readonly unknown_offset_margin_ms: number;
}

/**
 * Looks at a file by its content. Only what looks like footage is given to the reader; what that cannot read, or not
 * in time, is kept all the same and called so.
 */
export async function inspectFile(
  reader: MediaReader,
  file: InspectedFile,
  now_ms: number,
): Promise<UploadCheck> {
  const kind = sniff(await headOf(file.path));
  const findings: UploadFinding[] = nameDiffers(file.file_name, kind) ? ['name_differs'] : [];
  const about = { checked_at_ms: now_ms, media_type: kind.media_type };
  const nothing = { is_readable: false, duration_ms: null, file_created_ms: null } as const;
  if (!kind.is_footage) {
    const unreadable_reason = `not footage: ${kind.media_type}`;
    return { ...about, ...nothing, unreadable_reason, findings: [...findings, 'not_footage'] };
  }
  const file_created_ms = await createdBy(kind, file.path);
  const seen = await durationOf(reader, file.path);
  if (typeof seen === 'string') {
    const unreadable = { ...nothing, file_created_ms, unreadable_reason: seen };
    return { ...about, ...unreadable, findings: [...findings, 'unreadable'] };
  }
  const shown = { duration_ms: seen, file_created_ms };
  findings.push(...judgeUpload(file.declared, shown, wantedByDeclaredClock(file)));
  return { ...about, ...shown, is_readable: true, unreadable_reason: null, findings };
}

/** The approved span on the declared clock; null while nobody knows how far that is off. */
export function wantedByDeclaredClock({
  declared,
  wanted,
  unknown_offset_margin_ms,
}: Pick<InspectedFile, 'declared' | 'wanted' | 'unknown_offset_margin_ms'>): Span {
  const [offset] = declaredOffsets([declared], []);
  const { min_ms, max_ms } = offset ?? {
    min_ms: -unknown_offset_margin_ms,
    max_ms: unknown_offset_margin_ms,
  };
  return { start_ms: wanted.start_ms + min_ms, end_ms: wanted.end_ms + max_ms };
}

async function headOf(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(SNIFFED_BYTES);
    const { bytesRead } = await file.read(buffer, 0, SNIFFED_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function createdBy({ media_type }: SniffedKind, path: string): Promise<number | null> {
  return media_type === 'video/mp4' ? mp4Created_ms(path) : null;
}

/** Milliseconds of pictures, or why there are none. */
async function durationOf(reader: MediaReader, path: string): Promise<number | string> {
  const deadline = AbortSignal.timeout(INSPECTION_DEADLINE_MS);
  try {
    const media = await reader.open(path, deadline);
    await media.close();
    return Math.round((media.end_time_us - media.first_time_us) / 1000);
  } catch (error) {
    if (deadline.aborted) return `not read within ${INSPECTION_DEADLINE_MS} ms`;
    if (isCoded(error, 'MEDIA_UNREADABLE'))
      return String(error.details.reason ?? 'it cannot be read').slice(0, 300);
    if (isCoded(error, 'TOOL_FAILED', 'TOOL_TIMEOUT')) return error.texts.en.slice(0, 300);
    throw error;
  }
}
