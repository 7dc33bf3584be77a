import type { RouteDeps } from '@minhchung/contract/server';
import type { ArchiveStore, Camera, MediaReader } from '@minhchung/domain';
import type { Settings } from '@minhchung/settings';
import type { AuditEvent, Repositories, Store } from '@minhchung/store';
import type { FastifyBaseLogger } from 'fastify';
import type { PageKit } from './pages/kit.ts';
import type { Quarantine } from './quarantine/quarantine.ts';

/** Tokens in links: derived from the link's id by a key outside the database. */
export interface LinkTokens {
  linkToken(link_id: string): string;
  /** The id in a token, or null for a text that is no token. Says nothing about whether it is right. */
  linkIdOf(token: string): string | null;
}

/** A sign of life of a camera, as the register keeps it. Returns audit events, still to be appended. */
export type AttestUpload = (
  tx: Repositories,
  camera: Camera,
  at_ms: number,
) => Promise<readonly AuditEvent[]>;

/** What this service is handed by whoever composes the product. */
export interface IntakeDeps extends RouteDeps<Store, Settings> {
  readonly archive: ArchiveStore;
  readonly reader: MediaReader;
  readonly tokens: LinkTokens;
  readonly quarantine: Quarantine;
  readonly attestUpload: AttestUpload;
  readonly pages: PageKit;
  readonly logger: Pick<FastifyBaseLogger, 'warn' | 'error'>;
}

/** What most use-cases need. */
export type IntakeActDeps = Pick<
  IntakeDeps,
  | 'store'
  | 'settings'
  | 'time'
  | 'newId'
  | 'tokens'
  | 'archive'
  | 'reader'
  | 'quarantine'
  | 'attestUpload'
  | 'logger'
>;
