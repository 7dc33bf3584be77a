import type { TimeSource, Work } from '@minhchung/domain';
import type { PollRepository } from './polls/poll-repository.ts';
import type { AccessRepository } from './repositories/accesses.ts';
import type { AgreementRepository } from './repositories/agreements.ts';
import type { AttestationRepository } from './repositories/attestations.ts';
import type { AuditRepository } from './repositories/audit.ts';
import type { BoundaryRepository } from './repositories/boundaries.ts';
import type { CameraRepository } from './repositories/cameras.ts';
import type { CaseRepository } from './repositories/cases.ts';
import type { CertificateRepository } from './repositories/certificates.ts';
import type { ChangeRepository } from './repositories/changes.ts';
import type { ChannelRepository } from './repositories/channels.ts';
import type { ClipRepository } from './repositories/clips.ts';
import type { ClockOffsetRepository } from './repositories/clock-offsets.ts';
import type { ClockSightRepository } from './repositories/clock-sights.ts';
import type { ClockRepository } from './repositories/clocks.ts';
import type { CountRepository } from './repositories/counts.ts';
import type { CoverageRepository } from './repositories/coverage.ts';
import type { CredentialRepository } from './repositories/credentials.ts';
import type { DecisionRepository } from './repositories/decisions.ts';
import type { FindingRepository } from './repositories/findings.ts';
import type { FolderIndexRepository } from './repositories/folder-index.ts';
import type { HandoverRepository } from './repositories/handovers.ts';
import type { HoldRepository } from './repositories/holds.ts';
import type { HouseholdDeviceRepository } from './repositories/household-devices.ts';
import type { ImportMappingRepository } from './repositories/import-mappings.ts';
import type { ImportedPackageRepository } from './repositories/imported-packages.ts';
import type { IncidentRepository } from './repositories/incidents.ts';
import type { ItemCredentialRepository } from './repositories/item-credentials.ts';
import type { ItemRepository } from './repositories/items.ts';
import type { NetworkStateRepository } from './repositories/network-state.ts';
import type { NetworkRepository } from './repositories/networks.ts';
import type { NoticeDelayRepository } from './repositories/notice-delays.ts';
import type { ObservationRepository } from './repositories/observations.ts';
import type { OrderRepository } from './repositories/orders.ts';
import type { OutboxRepository } from './repositories/outbox.ts';
import type { OwnerLinkRepository } from './repositories/owner-links.ts';
import type { OwnerRepository } from './repositories/owners.ts';
import type { OwnersWordRepository } from './repositories/owners-word.ts';
import type { PeopleRepository } from './repositories/people.ts';
import type { PictureRepository } from './repositories/pictures.ts';
import type { PlacementRepository } from './repositories/placements.ts';
import type { ProbeStillRepository } from './repositories/probe-stills.ts';
import type { ProbeTrialRepository } from './repositories/probe-trials.ts';
import type { RecorderRepository } from './repositories/recorders.ts';
import type { RegistrationRepository } from './repositories/registrations.ts';
import type { RequestRepository } from './repositories/requests.ts';
import type { RetentionRepository } from './repositories/retention.ts';
import type { SchemeRepository } from './repositories/schemes.ts';
import type { SealingKeyRepository } from './repositories/sealing-key.ts';
import type { SearchRepository } from './repositories/search.ts';
import type { SessionRepository } from './repositories/sessions.ts';
import type { SiteRepository } from './repositories/sites.ts';
import type { TipRepository } from './repositories/tips.ts';
import type { UnitRepository } from './repositories/units.ts';
import type { UploadLinkRepository } from './repositories/upload-links.ts';
import type { UploadRepository } from './repositories/uploads.ts';
import type { SecretBox } from './secret-box.ts';

export type Engine = 'sqlite' | 'postgres';

/** Every aggregate, bound to the database or to one transaction: the same functions work in both. */
export interface Repositories {
  readonly audit: AuditRepository;
  readonly people: PeopleRepository;
  readonly sessions: SessionRepository;
  readonly units: UnitRepository;
  readonly boundaries: BoundaryRepository;
  readonly placements: PlacementRepository;
  readonly networks: NetworkRepository;
  readonly schemes: SchemeRepository;
  readonly sites: SiteRepository;
  readonly owners: OwnerRepository;
  readonly recorders: RecorderRepository;
  readonly clocks: ClockRepository;
  readonly credentials: CredentialRepository;
  readonly certificates: CertificateRepository;
  readonly probeStills: ProbeStillRepository;
  readonly probeTrials: ProbeTrialRepository;
  readonly importedPackages: ImportedPackageRepository;
  readonly cameras: CameraRepository;
  readonly agreements: AgreementRepository;
  readonly importMappings: ImportMappingRepository;
  readonly changes: ChangeRepository;
  readonly channels: ChannelRepository;
  readonly sealingKey: SealingKeyRepository;
  readonly itemCredentials: ItemCredentialRepository;
  readonly observations: ObservationRepository;
  readonly coverage: CoverageRepository;
  readonly clockOffsets: ClockOffsetRepository;
  readonly polls: PollRepository;
  readonly folderIndex: FolderIndexRepository;
  readonly findings: FindingRepository;
  readonly clockSights: ClockSightRepository;
  readonly networkState: NetworkStateRepository;
  readonly retention: RetentionRepository;
  readonly tips: TipRepository;
  readonly incidents: IncidentRepository;
  readonly cases: CaseRepository;
  readonly requests: RequestRepository;
  readonly items: ItemRepository;
  readonly decisions: DecisionRepository;
  readonly noticeDelays: NoticeDelayRepository;
  readonly clips: ClipRepository;
  readonly accesses: AccessRepository;
  readonly handovers: HandoverRepository;
  readonly orders: OrderRepository;
  readonly holds: HoldRepository;
  readonly search: SearchRepository;
  readonly householdDevices: HouseholdDeviceRepository;
  readonly pictures: PictureRepository;
  readonly counts: CountRepository;
  readonly registrations: RegistrationRepository;
  readonly ownerLinks: OwnerLinkRepository;
  readonly ownersWord: OwnersWordRepository;
  readonly attestations: AttestationRepository;
  readonly outbox: OutboxRepository;
  readonly uploadLinks: UploadLinkRepository;
  readonly uploads: UploadRepository;
}

/** How the extraction queue is served. */
export interface WorkOptions {
  readonly time: TimeSource;
  /** Opens the credentials of the devices whose items are claimed. */
  readonly secrets: SecretBox;
  /** Items running at once on one recorder; default `ITEMS_PER_RECORDER_DEFAULT`. */
  readonly items_per_recorder?: number;
  /** Items running at once in one network; default `ITEMS_PER_NETWORK_DEFAULT`. */
  readonly items_per_network?: number;
}

/** The database. */
export interface Store extends Repositories {
  readonly engine: Engine;
  /**
   * Runs everything or nothing. Inside, use `tx` only. `run` is called again when PostgreSQL broke a deadlock by
   * ending this transaction, so it must do nothing but talk to `tx`. Append to the audit trail last: the trail's
   * head stays locked from there to the end.
   */
  transaction<T>(run: (tx: Repositories) => Promise<T>): Promise<T>;
  work(options: WorkOptions): Work;
  /** Brings the schema up to date; several processes may call it at once. Returns the migrations applied. */
  migrate(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** Where the database is. */
export type StoreOptions =
  | { readonly engine: 'sqlite' /** Absolute path of the file. */; readonly path: string }
  | {
      readonly engine: 'postgres';
      readonly connection_string: string;
      /** Connections at most; default `POSTGRES_CONNECTIONS_DEFAULT`. */
      readonly connections_max?: number;
    };
