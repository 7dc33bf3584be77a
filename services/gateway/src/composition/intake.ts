import type { ArchiveStore, MediaReader } from '@minhchung/domain';
import {
  type AttestUpload,
  type IntakeActDeps,
  intakeUpkeep,
  type PageKit,
  Quarantine,
} from '@minhchung/intake';
import { attestWithin, html, pageOf, viewOf } from '@minhchung/registry';
import type { Settings } from '@minhchung/settings';
import type { Logger } from 'pino';
import type { Closers } from './closers.ts';
import { everyMinutes } from './every-minutes.ts';
import { openConfiguredMailer } from './owners.ts';

/** What the intake of footage is made from, besides what every route is handed. */
export interface IntakeParts {
  readonly archive: ArchiveStore;
  readonly reader: MediaReader;
  readonly quarantine: Quarantine;
}

/** Pages for handing in look like all pages of owners. */
export const INTAKE_PAGES: PageKit = { html, pageOf, viewOf };

/** Opens the folder in which files lie until they are whole. */
export function openQuarantine({ intake }: Settings): Promise<Quarantine> {
  return Quarantine.open(intake.dir);
}

/** A file that shows what its camera saw is the register's sign of life of that camera. */
export function attestUploads(deps: Parameters<typeof attestWithin>[0]): AttestUpload {
  return (tx, camera, at_ms) => {
    const word = { kind: 'upload', works: true, note: null, at_ms } as const;
    return attestWithin(deps, { tx, actor: null, at_ms }, camera, word);
  };
}

/** Starts what happens to handed-in footage without anybody asking. */
export async function startIntakeUpkeep(
  deps: IntakeActDeps & { readonly logger: Logger },
  closers: Closers,
): Promise<void> {
  const mailer = closers.add(await openConfiguredMailer(deps.settings));
  closers.add(everyMinutes(intakeUpkeep({ ...deps, mailer }), deps.logger));
}
