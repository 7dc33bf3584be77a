import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { previewRequest, RequestRefused, type SubmittedDraft, submitImported } from '@minhchung/cases';
import { CodedError, demand, denied, LEGAL_BASES, makeId, PURPOSES } from '@minhchung/domain';
import { discardTakenIn, takeInPackage } from '@minhchung/extraction';
import type { Manifest } from '@minhchung/formats';
import type { Settings } from '@minhchung/settings';
import type { Store } from '@minhchung/store';
import { Command, Option } from 'commander';
import { openConfiguredArchive } from '../composition/open-archive.ts';
import { withStore } from '../composition/open-store.ts';
import { SYSTEM_TIME } from '../composition/system-time.ts';
import { actingAccount } from './acting-account.ts';
import { type CommandContext, printJson, printLines, settingsOf, wantsJson } from './context.ts';

const EXAMPLES = `
For packages made with "extract --from-folder", which nobody approved. The package is checked like any stranger's and
becomes one item of a new request: counted as asked for at once, decided by a second person, and delivered and counted
as such when that person approves. Its manifest goes on saying that it was made unapproved and unlogged.

Example:
  $ minhchung import package goi-chung-cu --account an.nv --unit HACTHANH --camera HT-004 --case HS-12/2026
`;

interface ImportPackageOptions {
  readonly account: string;
  readonly unit: string;
  readonly camera: string;
  readonly case?: string;
  readonly purpose: string;
  readonly legalBasis: string;
  readonly legalReference?: string;
}

/** `minhchung import package` */
export function importPackageCommand(context: CommandContext): Command {
  return new Command('package')
    .description('take in a package that was made without a server, and have it decided and counted')
    .argument('<folder>', 'the package')
    .requiredOption('--account <login>', 'the officer who asks for it')
    .requiredOption('--unit <code>', "the officer's unit")
    .requiredOption('--camera <code>', 'the registered camera the footage is of')
    .option('--case <number>', 'the case; otherwise the one the package names')
    .addOption(new Option('--purpose <purpose>', 'what for').choices([...PURPOSES]).default('incident'))
    .addOption(
      new Option('--legal-basis <basis>', 'on what ground').choices([...LEGAL_BASES]).default('other'),
    )
    .option('--legal-reference <text>', 'the paper it rests on')
    .addHelpText('after', EXAMPLES)
    .action(async (folder: string, options: ImportPackageOptions, command: Command) => {
      const settings = settingsOf(command, context);
      const { number, item_id } = await withStore(settings, (store) =>
        importPackage(folder, options, { settings, store, signal: context.signal }),
      );
      if (wantsJson(command)) printJson(context, { number, item_id });
      else
        printLines(
          context,
          `Yêu cầu · request ${number}: chờ người thứ hai duyệt · waits for a second person's decision`,
        );
    });
}

async function importPackage(
  folder: string,
  options: ImportPackageOptions,
  { settings, store, signal }: { settings: Settings; store: Store; signal: AbortSignal },
): Promise<{ readonly number: string; readonly item_id: string }> {
  const newId = () => makeId(SYSTEM_TIME.now_ms(), randomBytes(10));
  const deps = { store, settings, time: SYSTEM_TIME, newId };
  const now_ms = SYSTEM_TIME.now_ms();
  const { actor, unit_ids } = await actingAccount(store, options.account, 'request.create', now_ms);
  const unit = await store.units.byCode(options.unit, now_ms);
  if (unit === null) throw new CodedError('NOT_FOUND', { what: 'unit', id: options.unit });
  if (!unit_ids.includes(unit.id))
    demand(denied('FORBIDDEN_UNIT', { action: 'request.create', unit: options.unit }));
  const camera = await store.cameras.byCode(options.camera);
  if (camera === null) throw new CodedError('UNKNOWN_CAMERA', { camera: options.camera });

  const draftOf = async (manifest: Manifest): Promise<SubmittedDraft> => {
    const number = options.case ?? manifest.case.number;
    const record = await store.cases.byNumber(unit.id, number);
    if (record === null) throw new CodedError('UNKNOWN_CASE', { case: number });
    return {
      unit_id: unit.id,
      case_id: record.id,
      camera_ids: [camera.id],
      wanted: { start_ms: manifest.requested_span.start_ms, end_ms: manifest.requested_span.end_ms },
      reason: manifest.request.reason,
      purpose: options.purpose,
      legal_basis: options.legalBasis,
      legal_reference: options.legalReference ?? null,
      is_urgent: false,
      wants_audio: false,
    };
  };
  const item_id = newId();
  const archive = await openConfiguredArchive(settings);
  try {
    const { manifest, manifest_sha256 } = await takeInPackage(resolve(folder), {
      ...{ archive, item_id, signal, work_dir: settings.extraction.work_dir },
      admit: async (found) => {
        if ((await store.importedPackages.byPackage(found.package_id)) !== null) {
          throw new CodedError('ALREADY_EXISTS', { kind: 'package', name: found.package_id });
        }
        // What a camera says of persons is not asked of a household's, whatever the package calls it.
        if (camera.kind === 'household' && (found.metadata_files?.length ?? 0) > 0) {
          const details = { package: found.package_id, what: 'siêu dữ liệu · metadata' };
          throw new CodedError('PACKAGE_HAS_MORE', details);
        }
        const { problems } = await previewRequest(deps)(await draftOf(found));
        if (problems.length > 0) throw new RequestRefused(problems);
      },
    });
    const imported = { item_id, package_id: manifest.package_id, manifest_sha256 };
    try {
      const request = await submitImported(deps)(actor, await draftOf(manifest), imported);
      return { number: request.number, item_id };
    } catch (error) {
      // Nobody asked for it after all: footage without a request is not kept.
      if ((await store.items.byId(item_id)) === null) await discardTakenIn(archive, item_id);
      throw error;
    }
  } finally {
    await archive.close();
  }
}
