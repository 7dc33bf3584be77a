import { CodedError, profileOfCamera } from '@minhchung/domain';
import { measurePicture } from '@minhchung/media';
import {
  createConnectGuard,
  createDeviceClient,
  createHttpPool,
  createRefusedCredentials,
  createStillFetcher,
} from '@minhchung/onvif';
import { lookAtPictures, type PictureOptions } from '@minhchung/poller';
import { recorderAddress } from '@minhchung/registry';
import type { Settings } from '@minhchung/settings';
import type { SecretBox, Store } from '@minhchung/store';
import type { Logger } from 'pino';
import { PICTURE_LOOK_DEADLINE_MS, PICTURE_LOOKS_AT_ONCE, PICTURE_ROUND_MS } from '../limits.ts';
import { certificatePins } from './certificate-pins.ts';
import { everyMinutes } from './every-minutes.ts';
import { SYSTEM_TIME } from './system-time.ts';

const HOUR_MS = 3_600_000;

/** What the looks work with. */
interface Parts {
  readonly settings: Settings;
  readonly store: Store;
  readonly secrets: SecretBox;
  readonly logger: Logger;
}

/** Looks now and then whether lenses still see, until closed; not at all where the settings say so. */
export function keepLooking(parts: Parts): { close(): Promise<void> } {
  const { settings, store, logger } = parts;
  const { period_hours } = settings.poller.pictures;
  if (period_hours === null) return { close: async () => {} };
  const options: PictureOptions = {
    ...{ store, logger, time: SYSTEM_TIME, networks: settings.poller.networks },
    concurrency: PICTURE_LOOKS_AT_ONCE,
    period_ms: period_hours * HOUR_MS,
    deadline_ms: PICTURE_LOOK_DEADLINE_MS,
    takeStill: createStillTaker(parts),
    measure: measurePicture,
  };
  const look = async (signal: AbortSignal) => {
    const report = await lookAtPictures(options, signal);
    if (report.looked + report.unseen + report.faults > 0) logger.info({ ...report }, 'pictures looked at');
  };
  return everyMinutes(look, logger, PICTURE_ROUND_MS);
}

/** Asks a camera's recorder for a still, under the guard and by the certificate that is known. */
function createStillTaker({ settings, store, secrets }: Parts): PictureOptions['takeStill'] {
  const guard = createConnectGuard(settings.devices);
  const pins = certificatePins(store, SYSTEM_TIME);
  const refused = createRefusedCredentials();
  return async (camera, recorder, signal) => {
    const pool = createHttpPool({ guard, pins });
    const address = await recorderAddress({ store, secrets }, recorder);
    const device = createDeviceClient({ address, time: SYSTEM_TIME, pool, refused });
    try {
      const profiles = await device.profiles(signal);
      const own = profileOfCamera(camera, profiles);
      if (own === undefined) throw new CodedError('PICTURE_UNREADABLE', { reason: 'no such channel' });
      const uri = await device.snapshotUri(own.profile_token, signal);
      return await createStillFetcher({ pool, refused })(uri, address, signal);
    } finally {
      await device.close();
      pool.close();
    }
  };
}
