import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type ArchiveStore,
  type DerivativeMaker,
  type ExtractionAssignment,
  type ExtractionProgress,
  type ExtractionResult,
  type FootageSource,
  isCoded,
  makeId,
  outcomeOfNothing,
  type Signer,
  type Span,
  type TimeSource,
  type TracksWanted,
  type Work,
} from '@minhchung/domain';
import { type ManifestInput, writePackage } from '@minhchung/evidence';
import { attemptPrefix, settleEarlierAttempts } from './attempt.ts';
import { type CarefulSource, createCarefulSource } from './careful-source.ts';
import { checkAgreement } from './check-agreement.ts';
import { type ArchivedMaster, type CutResult, cutFootageOf, type SearchResult } from './cut-footage-of.ts';
import { deriveFrom } from './derive.ts';
import { describeItem } from './describe-item.ts';
import {
  gapOfHandedIn,
  handedIn,
  nativesOf,
  originWithoutMasters,
  withDeclaredClock,
  withholdingFor,
} from './handed-in/handed-in.ts';
import { resultOfPackage, takeOverImported, takeOverPackage } from './package-result.ts';
import { progressReporter } from './progress.ts';
import { missingReason, reasonOfGap } from './reasons.ts';
import { planSearches } from './searches.ts';
import { soundOf, withAudioReason } from './sound.ts';
import { type ExtractionStep, StepLog } from './steps.ts';
import { placeSteps } from './steps-in-frames.ts';
import type { AttemptStanding, ExtractItem } from './worker.ts';

export interface ExtractorOptions {
  readonly archive: ArchiveStore;
  readonly signer: Signer;
  readonly derivatives: DerivativeMaker;
  /** Opens the origin of an assignment's footage; closed after the extraction. */
  readonly openSource: (assignment: ExtractionAssignment) => FootageSource;
  readonly work: Pick<Work, 'report'>;
  readonly time: TimeSource;
  readonly work_dir: string;
  readonly gap_min_ms: number;
  readonly drift_ppm: number;
  readonly unknown_offset_margin_ms: number;
  /** Pause before footage that is still being written is asked for again. */
  readonly settle_retry_ms: number;
  /** A source that sends less footage in a minute is broken off; left out: none is. */
  readonly floor_media_s_per_minute?: number;
  /** Longest time for asking and reading; left out: any. */
  readonly deadline_ms?: number;
  /** Left out: what is extracted was approved, and owners' agreements are asked once more. */
  readonly authority?: 'unapproved_unlogged';
  /** Own version, for the manifest. */
  readonly version: string;
  readonly onStep?: (step: ExtractionStep) => void;
}

/**
 * One extraction, from question to package: settle what earlier attempts left, ask the source, cut into the
 * archive, make derivatives, write the package. Returns how it ended; throws `CodedError`s that `resultOfFailure`
 * understands. Whatever is half-done when it throws, or is killed, stays invisible and is removed by the next
 * attempt.
 */
export function createExtractor(options: ExtractorOptions): ExtractItem {
  return async (claimed, lease, signal, standing = NOBODY_TRIES_AGAIN) => {
    const steps = new StepLog(options.time, options.onStep);
    steps.take('claimed');
    const taken_over = await settleEarlierAttempts(options.archive, claimed.lease);
    await rm(join(options.work_dir, claimed.lease.item_id), { recursive: true, force: true });
    steps.take('earlier_attempts_settled');
    // An owner may have withdrawn since a package was brought in; one of our own was cut while they agreed.
    const is_to_be_agreed = taken_over === null || claimed.imported !== undefined;
    if (options.authority === undefined && is_to_be_agreed) checkAgreement(claimed, options.time.now_ms());
    if (claimed.imported !== undefined) return takeOverImported(options.archive, taken_over, claimed);
    if (taken_over !== null) return takeOverPackage(options.archive, taken_over);
    const assignment = withDeclaredClock(claimed);
    const uploads = handedIn(assignment);

    const report = progressReporter(options.work, assignment.lease, options.time);
    const sound = soundOf(assignment, options.time.now_ms());
    const source = carefully(options, assignment, standing);
    const attempt_prefix = attemptPrefix(assignment.lease);
    const work_folder = join(options.work_dir, ...attempt_prefix.split('/'));
    // Asked for while the footage is cut: starting programs takes longer than cutting a minute.
    const versions = toolVersions(options.derivatives);
    versions.catch(() => undefined);
    try {
      report({ phase: 'searching', bytes: 0, media_ms: 0 });
      const found = await cut(options, assignment, {
        source,
        attempt_prefix,
        tracks: sound.tracks,
        steps,
        signal,
        report,
      });
      const { results } = found;
      const fault = source.fault();
      if (fault !== null && results.every((result) => result.masters.length === 0)) throw fault;
      const origin = originWithoutMasters(uploads, found, source);
      if (origin === null) return withoutFootage(options, results);
      const masters = results.flatMap((result) => result.masters);
      const has_masters = masters.length > 0;
      const withhold = withholdingFor(assignment, origin, sound.verdict, has_masters);
      const cut_so_far = amountOf(masters, assignment.approved);
      report({ phase: 'deriving', ...cut_so_far });
      const { files, left_out } = await deriveFrom(masters, {
        archive: options.archive,
        maker: options.derivatives,
        attempt_prefix,
        work_folder,
        steps,
        signal,
      });
      report({ phase: 'archiving', ...cut_so_far });
      const kept = { archive: options.archive, attempt_prefix, has_masters, withhold, signal };
      const natives = await nativesOf(uploads, origin, kept);
      const now_ms = options.time.now_ms();
      const manifest: ManifestInput = describeItem({
        assignment,
        authority: options.authority,
        attempt_prefix,
        package_id: makeId(now_ms, randomBytes(10)),
        created_at_ms: now_ms,
        results,
        derivatives: files,
        natives,
        origin: { ...origin, streams_left_out: withAudioReason(origin.streams_left_out, sound.verdict) },
        hole_min_ms: options.gap_min_ms,
        drift_ppm: options.drift_ppm,
        tools: { minhchung: options.version, ...(await versions) },
        steps: steps.taken(),
        gapReason: (gap) => {
          const { code, text } =
            gapOfHandedIn(uploads, has_masters) ?? reasonOfGap(gap, results, now_ms, source.unread());
          return { reason: code, text };
        },
      });
      const written = await writePackage({
        store: options.archive,
        attempt_prefix,
        manifest,
        signer: options.signer,
        signal,
        beforeCommit: async () => {
          await lease.confirm();
          steps.take('package_confirmed');
        },
      });
      steps.take('package_archived');
      return resultOfPackage(
        written.manifest,
        attempt_prefix,
        written.manifest_sha256,
        written.size_bytes,
        left_out,
      );
    } catch (error) {
      await options.archive.discardAttempt(attempt_prefix).catch(() => undefined);
      throw error;
    } finally {
      await source.close();
      await rm(join(options.work_dir, assignment.lease.item_id), { recursive: true, force: true });
    }
  };
}

const NOBODY_TRIES_AGAIN: AttemptStanding = { is_last: true, is_over: true };

/** At the last try what a source gave before it broke is kept; before that the next try may give it whole. */
function carefully(
  options: ExtractorOptions,
  assignment: ExtractionAssignment,
  { is_last, is_over }: AttemptStanding,
): CarefulSource {
  const { recorder } = assignment;
  return createCarefulSource(options.openSource(assignment), {
    address: recorder.code,
    floor_media_s_per_minute: options.floor_media_s_per_minute ?? 0,
    deadline_ms: options.deadline_ms ?? Number.POSITIVE_INFINITY,
    keeps: (error) =>
      (is_last && isCoded(error, ...KEPT_AT_LAST)) || (is_over && error.code === 'SOURCE_UNREACHABLE'),
  });
}

const KEPT_AT_LAST = ['SOURCE_STALLED', 'SOURCE_BROKEN', 'SOURCE_TOO_SLOW', 'ITEM_DEADLINE'] as const;

async function cut(
  options: ExtractorOptions,
  assignment: ExtractionAssignment,
  attempt: {
    readonly source: FootageSource;
    readonly attempt_prefix: string;
    readonly tracks: TracksWanted;
    readonly steps: StepLog;
    readonly signal: AbortSignal;
    readonly report: (progress: ExtractionProgress) => void;
  },
): Promise<CutResult> {
  const { approved, clock_offsets } = assignment;
  const conditions = {
    drift_ppm: options.drift_ppm,
    unknown_offset_margin_ms: options.unknown_offset_margin_ms,
    time_resolution_ms: attempt.source.time_resolution_ms,
  };
  const surveyed = { ...attempt, gap_min_ms: options.gap_min_ms };
  const history = await placeSteps(approved, clock_offsets, conditions, surveyed);
  const searches = planSearches(approved, history, conditions);
  return cutFootageOf(searches, {
    ...attempt,
    archive: options.archive,
    gap_min_ms: options.gap_min_ms,
    on_progress: attempt.report,
  });
}

/** How much has been cut once everything has. */
function amountOf(masters: readonly ArchivedMaster[], approved: Span): { bytes: number; media_ms: number } {
  return {
    bytes: masters.reduce((sum, master) => sum + master.size_bytes, 0),
    media_ms: approved.end_ms - approved.start_ms,
  };
}

/** A missing tool is no reason to lose the master; it is not named among the tools then. */
async function toolVersions(derivatives: DerivativeMaker): Promise<Readonly<Record<string, string>>> {
  return derivatives.versions().catch((error: unknown) => {
    if (isCoded(error, 'TOOL_MISSING', 'TOOL_FAILED', 'TOOL_TIMEOUT')) return {};
    throw error;
  });
}

/** Every search was answered with nothing: the most hopeful answer counts. */
function withoutFootage(options: ExtractorOptions, results: readonly SearchResult[]): ExtractionResult {
  const now_ms = options.time.now_ms();
  const answers = results.map(({ search, holdings }) =>
    outcomeOfNothing(search.span, search.offset, holdings, now_ms),
  );
  if (answers.some(({ outcome }) => outcome === 'waiting')) {
    const not_before_ms = now_ms + options.settle_retry_ms;
    return { outcome: 'waiting', reason: missingReason('not_yet_recorded'), not_before_ms };
  }
  const is_overwritten = answers.every(({ reason }) => reason === 'overwritten');
  return {
    outcome: 'no_footage',
    reason: missingReason(is_overwritten ? 'overwritten' : 'nothing_recorded'),
  };
}
