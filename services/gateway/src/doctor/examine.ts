import type { Settings } from '@minhchung/settings';
import { examineApi } from './api.ts';
import type { Finding } from './finding.ts';
import { examineMachine } from './machine.ts';
import { examineMedia } from './media.ts';
import { examineStorage } from './storage.ts';

/** Everything `doctor` looks at, in the order in which a person mends it. */
export async function examine(settings: Settings): Promise<Finding[]> {
  return [
    ...(await examineMachine(settings)),
    ...(await examineMedia(settings)),
    ...(await examineStorage(settings)),
    ...examineApi(settings),
  ];
}
