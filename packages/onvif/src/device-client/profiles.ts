import type { MediaProfile } from '@minhchung/domain';
import { find, findAll, textAt, type XmlElement } from '../xml/element.ts';

const PICTURE_SIDE = /^\d{1,5}$/;
/** Media2 states rates as decimals ("12.5"). */
const RATE = /^\d{1,7}(?:\.\d{1,7})?$/;

/** Profiles of a `GetProfilesResponse` of Media (ver10) or Media2 (ver20): the two differ in element names. */
export function readProfiles(response: XmlElement): MediaProfile[] {
  return findAll(response, 'Profiles').flatMap((profile) => {
    const profile_token = profile.attributes.get('token');
    if (profile_token === undefined) return [];
    const configurations = find(profile, 'Configurations');
    const source =
      find(configurations, 'VideoSource') ?? find(profile, 'VideoSourceConfiguration') ?? undefined;
    const encoder = find(configurations, 'VideoEncoder') ?? find(profile, 'VideoEncoderConfiguration');
    const profile_read: MediaProfile = {
      profile_token,
      name: textAt(profile, 'Name') ?? '',
      source_token: textAt(source, 'SourceToken') ?? '',
      codec: textAt(encoder, 'Encoding'),
      width: sideOf(textAt(encoder, 'Resolution', 'Width')),
      height: sideOf(textAt(encoder, 'Resolution', 'Height')),
      frame_rate_fps: rateOf(textAt(encoder, 'RateControl', 'FrameRateLimit')),
      bit_rate_kbps: rateOf(textAt(encoder, 'RateControl', 'BitrateLimit')),
    };
    return [profile_read];
  });
}

function sideOf(text: string | null): number | null {
  return text !== null && PICTURE_SIDE.test(text) ? Number(text) : null;
}

/** Zero is what devices write where nothing is limited. */
function rateOf(text: string | null): number | null {
  const rate = text !== null && RATE.test(text.trim()) ? Number(text) : 0;
  return rate > 0 ? rate : null;
}
