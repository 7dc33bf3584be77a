import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import * as contract from '@minhchung/contract';
import {
  FOOTAGE_ACTIONS,
  ITEM_FINAL_STATES,
  ITEM_TRANSITIONS,
  LEGAL_BASES,
  POLICY_TABLE,
  PURPOSE_NAMES,
  REQUEST_FINAL_STATES,
  REQUEST_TRANSITIONS,
  ROLES,
} from '@minhchung/domain';
import { ERROR_CATALOGUE } from '../../packages/domain/src/error-catalogue/index.ts';
import { COLUMNS } from '../../services/registry/src/import/columns.ts';
import {
  AGREEMENT_MODES,
  KINDS,
  REACHES,
  RECORDER_KINDS,
  ZONES,
} from '../../services/registry/src/import/words.ts';
import { renderApi, routesAmong } from './api.ts';
import { everyCommandHelp, renderCommandHelp } from './command-help.ts';
import { explainedOptions, renderConfiguration } from './configuration.ts';
import { renderErrors } from './errors.ts';
import { type ManifestSchema, renderManifest } from './manifest.ts';
import { MEANINGS } from './manifest-meanings.ts';
import { renderPolicy } from './policy.ts';
import { renderRegisterColumns } from './register-columns.ts';

/** Absolute path of the repository. */
export const ROOT = resolve(import.meta.dirname, '../..');

/** A page of the reference as it should be. */
export interface ReferencePage {
  /** Relative to the repository. */
  readonly path: string;
  readonly text: string;
}

/** Every generated page, made from the code as it is now. */
export async function readPages(): Promise<ReferencePage[]> {
  const defaults = await readFile(resolve(ROOT, 'config/default.yaml'), 'utf8');
  const schema_file = 'packages/formats/src/minhchung-manifest-1.schema.json';
  const schema = JSON.parse(await readFile(resolve(ROOT, schema_file), 'utf8')) as ManifestSchema;
  const policy = {
    roles: ROLES,
    policy: POLICY_TABLE,
    footage_actions: FOOTAGE_ACTIONS,
    request_transitions: REQUEST_TRANSITIONS,
    request_final: REQUEST_FINAL_STATES,
    item_transitions: ITEM_TRANSITIONS,
    item_final: ITEM_FINAL_STATES,
    purposes: PURPOSE_NAMES,
    legal_bases: LEGAL_BASES,
  };
  const words = {
    kind: KINDS,
    reach: REACHES,
    recorder_kind: RECORDER_KINDS,
    folder_zone: ZONES,
    agreement_mode: AGREEMENT_MODES,
  };
  return [
    { path: 'docs/ref/command-options.md', text: renderCommandHelp(await everyCommandHelp()) },
    { path: 'docs/ref/errors.md', text: renderErrors(ERROR_CATALOGUE) },
    { path: 'docs/ref/configuration.md', text: renderConfiguration(explainedOptions(defaults)) },
    { path: 'docs/ref/policy.md', text: renderPolicy(policy) },
    { path: 'docs/ref/api.md', text: renderApi(routesAmong(contract)) },
    { path: 'docs/ref/register-columns.md', text: renderRegisterColumns(COLUMNS, words) },
    { path: 'docs/ref/manifest.md', text: renderManifest(schema, MEANINGS) },
  ];
}
