/**
 * The schema as the repositories see it. Conventions: text ids; `_ms` integer milliseconds UTC; 0/1 for yes and
 * no; JSON as text; texts compare by code point on both engines.
 */
import type { AuditEventTable, AuditHeadTable } from './audit.ts';
import type { CaseIncidentTable, CaseTable, HoldTable, IncidentTable, TipTable } from './cases.ts';
import type { RegistryChangeTable } from './changes.ts';
import type {
  AgreementTable,
  CameraTable,
  ClockTable,
  ItemCredentialTable,
  OwnerTable,
  RecorderChannelTable,
  RecorderCredentialTable,
  RecorderTable,
  SealingKeyTable,
} from './devices.ts';
import type { FolderDirectoryTable, FolderFileTable, FolderTrackTable } from './folder-index.ts';
import type { HouseholdDeviceTable } from './household-devices.ts';
import type { ImportedPackageTable } from './imported-packages.ts';
import type { ImportMappingTable } from './imports.ts';
import type {
  CameraClockTable,
  ClockChallengeTable,
  FindingNoteTable,
  FindingTable,
  RetentionAgreedTable,
} from './network-state.ts';
import type {
  AttestationTable,
  FormSubmissionTable,
  ItemAnnouncementTable,
  OutboxTable,
  OwnerAnswerTable,
  OwnerContactTable,
  OwnerLinkTable,
  OwnerSessionTable,
  RegistrationTable,
} from './owners.ts';
import type {
  AccountTable,
  AppointmentTable,
  PersonTable,
  SessionTable,
  SignInFailureTable,
} from './people.ts';
import type { PictureLookTable, PictureReadingTable } from './pictures.ts';
import type {
  NetworkTable,
  SchemeTable,
  SiteTable,
  UnitBoundaryTable,
  UnitSuccessorTable,
  UnitTable,
} from './places.ts';
import type { RecorderPollTable } from './polls.ts';
import type { ProbeStillTable, ProbeTrialTable, RecorderCertificateTable, StillCodeTable } from './probe.ts';
import type {
  AccessTable,
  ClipTable,
  DecisionTable,
  HandoverTable,
  ItemTable,
  NoticeDelayTable,
  OrderTable,
  RequestCounterTable,
  RequestTable,
} from './requests.ts';
import type { SearchWordTable } from './search.ts';
import type { ClockOffsetTable, CoverageTable, ObservationTable } from './states.ts';
import type { UploadLinkTable, UploadTable } from './uploads.ts';

export interface Tables {
  persons: PersonTable;
  accounts: AccountTable;
  appointments: AppointmentTable;
  sessions: SessionTable;
  sign_in_failures: SignInFailureTable;
  units: UnitTable;
  unit_successors: UnitSuccessorTable;
  unit_boundaries: UnitBoundaryTable;
  networks: NetworkTable;
  schemes: SchemeTable;
  sites: SiteTable;
  owners: OwnerTable;
  clocks: ClockTable;
  recorders: RecorderTable;
  recorder_credentials: RecorderCredentialTable;
  recorder_channels: RecorderChannelTable;
  item_credentials: ItemCredentialTable;
  sealing_key: SealingKeyTable;
  recorder_certificates: RecorderCertificateTable;
  probe_stills: ProbeStillTable;
  still_codes: StillCodeTable;
  probe_trials: ProbeTrialTable;
  imported_packages: ImportedPackageTable;
  cameras: CameraTable;
  agreements: AgreementTable;
  import_mappings: ImportMappingTable;
  observations: ObservationTable;
  coverages: CoverageTable;
  clock_offsets: ClockOffsetTable;
  recorder_polls: RecorderPollTable;
  folder_tracks: FolderTrackTable;
  folder_directories: FolderDirectoryTable;
  folder_files: FolderFileTable;
  findings: FindingTable;
  finding_notes: FindingNoteTable;
  camera_clocks: CameraClockTable;
  clock_challenges: ClockChallengeTable;
  retention_agreed: RetentionAgreedTable;
  tips: TipTable;
  incidents: IncidentTable;
  cases: CaseTable;
  case_incidents: CaseIncidentTable;
  holds: HoldTable;
  request_counters: RequestCounterTable;
  extraction_requests: RequestTable;
  extraction_items: ItemTable;
  decisions: DecisionTable;
  notice_delays: NoticeDelayTable;
  orders: OrderTable;
  clips: ClipTable;
  accesses: AccessTable;
  handovers: HandoverTable;
  registry_changes: RegistryChangeTable;
  search_words: SearchWordTable;
  household_devices: HouseholdDeviceTable;
  picture_looks: PictureLookTable;
  picture_readings: PictureReadingTable;
  registrations: RegistrationTable;
  form_submissions: FormSubmissionTable;
  owner_contacts: OwnerContactTable;
  owner_links: OwnerLinkTable;
  owner_sessions: OwnerSessionTable;
  outbox: OutboxTable;
  item_announcements: ItemAnnouncementTable;
  attestations: AttestationTable;
  owner_answers: OwnerAnswerTable;
  upload_links: UploadLinkTable;
  uploads: UploadTable;
  audit_events: AuditEventTable;
  audit_head: AuditHeadTable;
}
