import { randomBytes } from 'node:crypto';
import {
  type ArchiveStore,
  type ExtractionAssignment,
  type ExtractionProgress,
  type ExtractionResult,
  type FootageSource,
  makeId,
} from '@minhchung/domain';
import { copyPackageToFolder, createEphemeralSigner } from '@minhchung/evidence';
import { createExtractor, type ExtractorOptions } from '../extract-item.ts';
import { type StandaloneRequest, standaloneAssignment } from './standalone-assignment.ts';

export interface StandaloneOptions
  extends Omit<ExtractorOptions, 'archive' | 'signer' | 'openSource' | 'work' | 'authority'> {
  /** Where the package is made before it appears; empty, and of this extraction alone. */
  readonly archive: ArchiveStore;
  readonly openFolder: (folder: StandaloneRequest['folder']) => FootageSource;
  readonly onProgress?: (progress: ExtractionProgress) => void;
}

/** How it ended. A clip lies in the folder asked for; anything else left nothing there. */
export interface StandaloneOutcome {
  readonly result: ExtractionResult;
  readonly files: readonly string[];
  readonly size_bytes: number;
}

/**
 * One extraction by one person without a server: from a folder of recordings to a package in `out_folder`, which
 * appears when it is whole. The package says of itself that nobody approved and nobody logged it, and is signed with a
 * key that ends with this act. Throws what is wrong with the request, `EXPORT_EXISTS`, and what extracting throws.
 */
export async function extractAlone(
  request: StandaloneRequest,
  out_folder: string,
  options: StandaloneOptions,
  signal: AbortSignal,
): Promise<StandaloneOutcome> {
  const { archive, openFolder, onProgress, ...extractor_options } = options;
  const now_ms = options.time.now_ms();
  const newId = () => makeId(now_ms, randomBytes(10));
  const assignment = standaloneAssignment(request, { item_id: newId(), request_id: newId() }, now_ms);
  const extract = createExtractor({
    ...extractor_options,
    archive,
    signer: createEphemeralSigner(),
    authority: 'unapproved_unlogged',
    openSource: () => openFolder(request.folder),
    work: { report: async (_lease, progress) => onProgress?.(progress) },
  });
  const result = await extract(assignment, ownLease(assignment, signal), signal);
  if (result.outcome !== 'archived' && result.outcome !== 'partial') {
    return { result, files: [], size_bytes: 0 };
  }
  return { result, ...(await copyPackageToFolder(archive, result.attempt_prefix, out_folder, signal)) };
}

/** Nobody else works at it: there is nothing to lose. */
function ownLease({ lease }: ExtractionAssignment, signal: AbortSignal) {
  return { signal, current: () => lease, confirm: async () => signal.throwIfAborted(), close: () => {} };
}
