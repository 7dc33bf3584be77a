import { afterAll, afterEach, beforeAll, beforeEach, describe } from 'vitest';
import type { Store, StoreOptions } from '../../src/index.ts';
import type { TestEngine } from '../engine.ts';
import { auditContract } from './audit.ts';
import { casesContract } from './cases.ts';
import { changesContract } from './changes.ts';
import { countsContract } from './counts.ts';
import { devicesContract } from './devices.ts';
import { editingContract } from './editing.ts';
import { findingsContract } from './findings.ts';
import { folderIndexContract } from './folder-index.ts';
import { householdDevicesContract } from './household-devices.ts';
import { importMappingsContract } from './import-mappings.ts';
import { importedPackagesContract } from './imported-packages.ts';
import { networkStateContract } from './network-state.ts';
import { orderAccountsContract } from './order-accounts.ts';
import { ownersContract } from './owners.ts';
import { peopleContract } from './people.ts';
import { picturesContract } from './pictures.ts';
import { pollsContract } from './polls.ts';
import { processesContract } from './processes.ts';
import { reachContract } from './reach.ts';
import { requestsContract } from './requests.ts';
import { sealingKeyContract } from './sealing-key.ts';
import { searchContract } from './search.ts';
import { statesContract } from './states.ts';
import { transactionsContract } from './transactions.ts';
import { unitMapsContract } from './unit-maps.ts';
import { uploadsContract } from './uploads.ts';
import { workContract } from './work.ts';
import { workConductContract } from './work-conduct.ts';
import { populate } from './world.ts';

/** What a part of the contract works with; every test has a database of its own, populated by `populate`. */
export interface Subject {
  readonly engine: TestEngine;
  readonly options: StoreOptions;
  readonly store: Store;
}

export type Contract = (subject: () => Subject) => void;

const PARTS: Readonly<Record<string, Contract>> = {
  people: peopleContract,
  devices: devicesContract,
  'reach and stills': reachContract,
  'import mappings': importMappingsContract,
  'imported packages': importedPackagesContract,
  'register changes': changesContract,
  'register editing': editingContract,
  'sealing key': sealingKeyContract,
  'order accounts': orderAccountsContract,
  states: statesContract,
  polls: pollsContract,
  'folder index': folderIndexContract,
  findings: findingsContract,
  'network state': networkStateContract,
  cases: casesContract,
  requests: requestsContract,
  counts: countsContract,
  search: searchContract,
  'household devices': householdDevicesContract,
  pictures: picturesContract,
  owners: ownersContract,
  'audit trail': auditContract,
  transactions: transactionsContract,
  processes: processesContract,
  'unit maps': unitMapsContract,
  uploads: uploadsContract,
  work: workContract,
  'conduct of work': workConductContract,
};

/** Everything a store must do, whichever engine it runs on. */
export function storeContract(name: string, startEngine: () => Promise<TestEngine>): void {
  describe(`the store on ${name}`, () => {
    let engine: TestEngine;
    let subject: Subject;

    beforeAll(async () => {
      engine = await startEngine();
    });
    afterAll(async () => {
      await engine?.stop();
    });
    beforeEach(async () => {
      subject = { engine, ...(await engine.fresh()) };
      await populate(subject.store);
    });
    afterEach(async () => {
      await subject.store.close();
    });

    for (const [part, contract] of Object.entries(PARTS)) describe(part, () => contract(() => subject));
  });
}
