import type { MediaProfile } from '@minhchung/domain';
import { packageRequest } from '../soap/envelope.ts';
import type { Deadline } from '../transport/deadline.ts';
import { textAt, type XmlElement } from '../xml/element.ts';
import type { DeviceSession } from './device-session.ts';
import { readProfiles } from './profiles.ts';
import { reachableServiceUrl, reachableStreamUrl } from './service-addresses.ts';

/** Every profile, by Media2 where the device has it. */
export async function askProfiles(session: DeviceSession, deadline: Deadline): Promise<MediaProfile[]> {
  const service = await mediaService(session, deadline);
  const operation = service === 'media2' ? 'getMedia2Profiles' : 'getMediaProfiles';
  return readProfiles(await session.ask(service, packageRequest(operation), deadline));
}

/** The live address of a profile, at the host we were given. Throws `DEVICE_BROKEN` for what is no such address. */
export async function askStreamUri(
  session: DeviceSession,
  profile_token: string,
  deadline: Deadline,
): Promise<string> {
  const service = await mediaService(session, deadline);
  const operation = service === 'media2' ? 'getMedia2StreamUri' : 'getMediaStreamUri';
  const answer = await session.ask(service, packageRequest(operation, profile_token), deadline);
  const uri = reachableStreamUrl(statedUri(answer), session.device_url);
  if (uri === null)
    throw session.broken({
      vi: 'địa chỉ xem trực tiếp không phải địa chỉ RTSP',
      en: 'its live address is no RTSP address',
    });
  return uri;
}

/** The address of a profile's still picture, at the host we were given. Throws `DEVICE_BROKEN` likewise. */
export async function askSnapshotUri(
  session: DeviceSession,
  profile_token: string,
  deadline: Deadline,
): Promise<string> {
  const service = await mediaService(session, deadline);
  const operation = service === 'media2' ? 'getMedia2SnapshotUri' : 'getMediaSnapshotUri';
  const answer = await session.ask(service, packageRequest(operation, profile_token), deadline);
  const url = reachableServiceUrl(statedUri(answer), session.device_url);
  if (url === null)
    throw session.broken({
      vi: 'địa chỉ ảnh không phải địa chỉ HTTP',
      en: 'its picture address is no HTTP address',
    });
  return url.href;
}

/** Media wraps its addresses in `MediaUri` (ver10), Media2 does not (ver20). */
function statedUri(answer: XmlElement): string {
  return textAt(answer, 'MediaUri', 'Uri') ?? textAt(answer, 'Uri') ?? '';
}

async function mediaService(session: DeviceSession, deadline: Deadline): Promise<'media' | 'media2'> {
  return (await session.services(deadline)).media2 === undefined ? 'media' : 'media2';
}
