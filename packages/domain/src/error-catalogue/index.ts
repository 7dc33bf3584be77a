import { API_ERRORS } from './api.ts';
import { CASE_ERRORS } from './cases.ts';
import { CSV_ERRORS } from './csv.ts';
import { EDITING_ERRORS } from './editing.ts';
import { EVIDENCE_ERRORS } from './evidence.ts';
import { EXTRACTION_ERRORS } from './extraction.ts';
import { FOLDER_ERRORS } from './folder.ts';
import { IMPORT_NOTICES } from './import-notices.ts';
import { MEDIA_ERRORS } from './media.ts';
import { NETWORK_STATE_ERRORS } from './network-state.ts';
import { NOTICE_ERRORS } from './notice.ts';
import { OWNER_ERRORS } from './owners.ts';
import { PICTURE_ERRORS } from './picture.ts';
import { PLAYBACK_ERRORS } from './playback.ts';
import { PROBE_ERRORS } from './probe.ts';
import { REGISTRY_ERRORS } from './registry.ts';
import { RULE_ERRORS } from './rules.ts';
import { SOURCE_ERRORS } from './sources.ts';
import { STANDALONE_ERRORS } from './standalone.ts';
import { STORE_ERRORS } from './store.ts';
import { TABLE_ERRORS } from './tables.ts';
import { TERRITORY_ERRORS } from './territory.ts';
import { TESTKIT_ERRORS } from './testkit.ts';
import { UPLOAD_ERRORS } from './uploads.ts';

/** Every error the product can raise. Codes are stable: they are never renamed and never reused. */
export const ERROR_CATALOGUE = {
  ...API_ERRORS,
  ...CASE_ERRORS,
  ...CSV_ERRORS,
  ...FOLDER_ERRORS,
  ...IMPORT_NOTICES,
  ...MEDIA_ERRORS,
  ...NOTICE_ERRORS,
  ...OWNER_ERRORS,
  ...PICTURE_ERRORS,
  ...PLAYBACK_ERRORS,
  ...PROBE_ERRORS,
  ...NETWORK_STATE_ERRORS,
  ...REGISTRY_ERRORS,
  ...EDITING_ERRORS,
  ...EVIDENCE_ERRORS,
  ...EXTRACTION_ERRORS,
  ...RULE_ERRORS,
  ...SOURCE_ERRORS,
  ...STANDALONE_ERRORS,
  ...STORE_ERRORS,
  ...TABLE_ERRORS,
  ...TERRITORY_ERRORS,
  ...TESTKIT_ERRORS,
  ...UPLOAD_ERRORS,
};

export type ErrorCode = keyof typeof ERROR_CATALOGUE;
