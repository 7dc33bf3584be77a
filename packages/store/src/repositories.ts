import type { Db } from './query/insert.ts';
import { accessRepository } from './repositories/accesses.ts';
import { agreementRepository } from './repositories/agreements.ts';
import { attestationRepository } from './repositories/attestations.ts';
import { auditRepository } from './repositories/audit.ts';
import { boundaryRepository } from './repositories/boundaries.ts';
import { cameraRepository } from './repositories/cameras.ts';
import { caseRepository } from './repositories/cases.ts';
import { certificateRepository } from './repositories/certificates.ts';
import { changeRepository } from './repositories/changes.ts';
import { channelRepository } from './repositories/channels.ts';
import { clipRepository } from './repositories/clips.ts';
import { clockOffsetRepository } from './repositories/clock-offsets.ts';
import { clockSightRepository } from './repositories/clock-sights.ts';
import { clockRepository } from './repositories/clocks.ts';
import { countRepository } from './repositories/counts.ts';
import { coverageRepository } from './repositories/coverage.ts';
import { credentialRepository } from './repositories/credentials.ts';
import { decisionRepository } from './repositories/decisions.ts';
import { findingRepository } from './repositories/findings.ts';
import { folderIndexRepository } from './repositories/folder-index.ts';
import { handoverRepository } from './repositories/handovers.ts';
import { holdRepository } from './repositories/holds.ts';
import { householdDeviceRepository } from './repositories/household-devices.ts';
import { importMappingRepository } from './repositories/import-mappings.ts';
import { importedPackageRepository } from './repositories/imported-packages.ts';
import { incidentRepository } from './repositories/incidents.ts';
import { itemCredentialRepository } from './repositories/item-credentials.ts';
import { itemRepository } from './repositories/items.ts';
import { networkStateRepository } from './repositories/network-state.ts';
import { networkRepository } from './repositories/networks.ts';
import { noticeDelayRepository } from './repositories/notice-delays.ts';
import { observationRepository } from './repositories/observations.ts';
import { orderRepository } from './repositories/orders.ts';
import { outboxRepository } from './repositories/outbox.ts';
import { ownerLinkRepository } from './repositories/owner-links.ts';
import { ownerRepository } from './repositories/owners.ts';
import { ownersWordRepository } from './repositories/owners-word.ts';
import { peopleRepository } from './repositories/people.ts';
import { pictureRepository } from './repositories/pictures.ts';
import { placementRepository } from './repositories/placements.ts';
import { pollRepository } from './repositories/polls.ts';
import { probeStillRepository } from './repositories/probe-stills.ts';
import { probeTrialRepository } from './repositories/probe-trials.ts';
import { recorderRepository } from './repositories/recorders.ts';
import { registrationRepository } from './repositories/registrations.ts';
import { requestRepository } from './repositories/requests.ts';
import { retentionRepository } from './repositories/retention.ts';
import { schemeRepository } from './repositories/schemes.ts';
import { sealingKeyRepository } from './repositories/sealing-key.ts';
import { searchRepository } from './repositories/search.ts';
import { sessionRepository } from './repositories/sessions.ts';
import { siteRepository } from './repositories/sites.ts';
import { tipRepository } from './repositories/tips.ts';
import { unitRepository } from './repositories/units.ts';
import { uploadLinkRepository } from './repositories/upload-links.ts';
import { uploadRepository } from './repositories/uploads.ts';
import type { Repositories } from './store.ts';

/** Every repository, bound to the database or to one transaction of it. */
export function bindRepositories(db: Db): Repositories {
  return {
    audit: auditRepository(db),
    people: peopleRepository(db),
    sessions: sessionRepository(db),
    units: unitRepository(db),
    boundaries: boundaryRepository(db),
    placements: placementRepository(db),
    networks: networkRepository(db),
    schemes: schemeRepository(db),
    sites: siteRepository(db),
    owners: ownerRepository(db),
    recorders: recorderRepository(db),
    clocks: clockRepository(db),
    credentials: credentialRepository(db),
    certificates: certificateRepository(db),
    probeStills: probeStillRepository(db),
    probeTrials: probeTrialRepository(db),
    importedPackages: importedPackageRepository(db),
    cameras: cameraRepository(db),
    agreements: agreementRepository(db),
    importMappings: importMappingRepository(db),
    changes: changeRepository(db),
    channels: channelRepository(db),
    sealingKey: sealingKeyRepository(db),
    itemCredentials: itemCredentialRepository(db),
    observations: observationRepository(db),
    coverage: coverageRepository(db),
    clockOffsets: clockOffsetRepository(db),
    polls: pollRepository(db),
    folderIndex: folderIndexRepository(db),
    findings: findingRepository(db),
    clockSights: clockSightRepository(db),
    networkState: networkStateRepository(db),
    retention: retentionRepository(db),
    tips: tipRepository(db),
    incidents: incidentRepository(db),
    cases: caseRepository(db),
    requests: requestRepository(db),
    items: itemRepository(db),
    decisions: decisionRepository(db),
    noticeDelays: noticeDelayRepository(db),
    clips: clipRepository(db),
    accesses: accessRepository(db),
    handovers: handoverRepository(db),
    orders: orderRepository(db),
    holds: holdRepository(db),
    search: searchRepository(db),
    householdDevices: householdDeviceRepository(db),
    pictures: pictureRepository(db),
    counts: countRepository(db),
    registrations: registrationRepository(db),
    ownerLinks: ownerLinkRepository(db),
    ownersWord: ownersWordRepository(db),
    attestations: attestationRepository(db),
    outbox: outboxRepository(db),
    uploadLinks: uploadLinkRepository(db),
    uploads: uploadRepository(db),
  };
}
