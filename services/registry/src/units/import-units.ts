import { CodedError } from '@minhchung/domain';
import type { Repositories } from '@minhchung/store';
import { type ReadFeature, readFeatures, type UnitFeature } from './read-features.ts';
import type { UnitDeps } from './unit-act.ts';
import { type FeatureContext, type WrittenFeature, writeFeature } from './write-feature.ts';

/** What an import of units did, or in a preview would do. */
export interface UnitImportReport {
  readonly mode: 'preview' | 'apply';
  readonly units_total: number;
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly features: readonly ImportedFeature[];
}

export interface ImportedFeature {
  readonly number: number;
  readonly code: string | null;
  readonly outcome: WrittenFeature['outcome'] | 'rejected';
  readonly changes: readonly string[];
  readonly problems: readonly {
    readonly code: string;
    readonly text: { readonly vi: string; readonly en: string };
  }[];
}

/** Undoes everything a preview wrote. */
class PreviewDone extends Error {}

/**
 * Imports units with their boundaries, or says what importing them would do. A preview does the same and undoes it
 * at the end, so that what comes later in the file sees what comes earlier. A bad feature is reported and never
 * stops the good ones; each good one is written in a transaction of its own, with its history and audit events.
 * Throws as `readFeatures`.
 */
export function importUnits(deps: UnitDeps) {
  return async (
    input: Omit<FeatureContext, 'newId'> & {
      readonly mode: UnitImportReport['mode'];
      readonly bytes: Uint8Array;
    },
  ): Promise<UnitImportReport> => {
    const context: FeatureContext = { ...input, newId: deps.newId };
    const read: ReadFeature[] = [];
    for await (const feature of readFeatures(input.bytes)) read.push(feature);
    const features =
      input.mode === 'apply' ? await applyAll(deps, context, read) : await preview(deps, context, read);
    const count = (outcome: ImportedFeature['outcome']) =>
      features.filter((one) => one.outcome === outcome).length;
    return {
      mode: input.mode,
      units_total: features.length,
      created: count('created'),
      changed: count('changed'),
      unchanged: count('unchanged'),
      rejected: count('rejected'),
      features,
    };
  };
}

async function applyAll(deps: UnitDeps, context: FeatureContext, read: readonly ReadFeature[]) {
  return eachOnce(read, (unit) =>
    deps.store.transaction(async (tx) => {
      await tx.units.lock();
      const written = await writeFeature(tx, context, unit);
      for (const event of written.events) await tx.audit.append(event);
      return written;
    }),
  );
}

async function preview(deps: UnitDeps, context: FeatureContext, read: readonly ReadFeature[]) {
  let features: ImportedFeature[] = [];
  const rehearse = async (tx: Repositories) => {
    await tx.units.lock();
    features = await eachOnce(read, (unit) => tx.units.attempt(() => writeFeature(tx, context, unit)));
    throw new PreviewDone();
  };
  try {
    await deps.store.transaction(rehearse);
  } catch (error) {
    if (!(error instanceof PreviewDone)) throw error;
  }
  return features;
}

async function eachOnce(
  read: readonly ReadFeature[],
  write: (unit: UnitFeature) => Promise<WrittenFeature>,
): Promise<ImportedFeature[]> {
  const seen = new Set<string>();
  const features: ImportedFeature[] = [];
  for (const { number, code, unit, problems } of read) {
    const key = `${code}@${unit?.valid_from_ms ?? ''}`;
    const twice = unit !== null && seen.has(key) ? [new CodedError('UNIT_CODE_TWICE', { code })] : [];
    seen.add(key);
    features.push({ number, code, ...(await outcomeOf([...problems, ...twice], unit, write)) });
  }
  return features;
}

async function outcomeOf(
  problems: readonly CodedError[],
  unit: UnitFeature | null,
  write: (unit: UnitFeature) => Promise<WrittenFeature>,
): Promise<Pick<ImportedFeature, 'outcome' | 'changes' | 'problems'>> {
  if (unit === null || problems.length > 0) return rejected(problems);
  try {
    const { outcome, changes } = await write(unit);
    return { outcome, changes, problems: [] };
  } catch (error) {
    if (error instanceof CodedError) return rejected([error]);
    throw error;
  }
}

function rejected(
  problems: readonly CodedError[],
): Pick<ImportedFeature, 'outcome' | 'changes' | 'problems'> {
  const told = problems.map(({ code, texts }) => ({ code, text: texts }));
  return { outcome: 'rejected', changes: [], problems: told };
}
