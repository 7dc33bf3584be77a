import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DerivativeMaker, FootageSource } from '@minhchung/domain';
import { copyPackageToFolder } from '@minhchung/evidence';
import { type Manifest, parseManifest } from '@minhchung/formats';
import { verifyPackage } from '@minhchung/verify';
import { composeWorker, type WorkerUnderTest } from '../../services/extraction/test/compose-worker.ts';
import { type SeedOptions, seedItem } from '../../services/extraction/test/seed.ts';
import type { CaseRecorder } from './recorder.ts';

/** What the system says of an item in the end, and the package a recipient has of it; null: there is none. */
export interface Delivery {
  readonly state: string;
  readonly reason: string | null;
  readonly package: DeliveredPackage | null;
}

export interface DeliveredPackage {
  readonly folder: string;
  readonly manifest: Manifest;
  /** What `verify` finds wrong with it, in words. */
  readonly untruths: readonly string[];
}

export interface SiteOptions {
  readonly wrapSource?: (source: FootageSource) => FootageSource;
  readonly wrapDerivatives?: (maker: DerivativeMaker) => DerivativeMaker;
}

const TURNS_MAX = 10;

/** A deployment in a folder: store, keys, archive and one worker, all real. Takes one item at a time. */
export class Site {
  readonly #composed: WorkerUnderTest;
  readonly #directory: string;
  #count = 0;

  private constructor(composed: WorkerUnderTest, directory: string) {
    this.#composed = composed;
    this.#directory = directory;
  }

  static async open(directory: string, options: SiteOptions = {}): Promise<Site> {
    await mkdir(directory, { recursive: true });
    return new Site(await composeWorker({ ...options, directory }), directory);
  }

  /** Has one approved item extracted, and fetches its package. */
  async extract(seed: SeedOptions, handIn?: CaseRecorder['handIn']): Promise<Delivery> {
    const { store, secrets, worker, archive } = this.#composed;
    const item_id = await seedItem(store, secrets, seed);
    await handIn?.({ store, archive }, item_id);
    // An earlier item that failed is tried again first, as is this one should it fail.
    let item = await store.items.byId(item_id);
    for (let turn = 0; turn < TURNS_MAX && item?.state === 'queued'; turn++) {
      await worker.runOnce();
      item = await store.items.byId(item_id);
    }
    const clip = await store.clips.ofItem(item_id);
    const outcome = {
      state: item?.state ?? 'lost',
      reason: item?.reason ? `${item.reason.code}: ${item.reason.text.en}` : null,
    };
    if (clip === null) return { ...outcome, package: null };
    const delivered = join(this.#directory, `package-${this.#count++}`);
    await copyPackageToFolder(archive, clip.attempt_prefix, delivered, new AbortController().signal);
    for (const folder of [item_id, `intake-${item_id}`]) {
      await rm(join(this.#directory, 'archive', folder), { recursive: true, force: true });
    }
    const { checks } = await verifyPackage(delivered);
    return {
      ...outcome,
      package: {
        folder: delivered,
        manifest: parseManifest(await readFile(join(delivered, 'manifest.json'))),
        untruths: checks.filter(({ ok }) => !ok).map((check) => JSON.stringify(check)),
      },
    };
  }

  close(): Promise<void> {
    return this.#composed.close();
  }
}
