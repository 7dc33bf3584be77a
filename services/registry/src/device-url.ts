import { CodedError } from '@minhchung/domain';
import { DEVICE_URL_CHARS_MAX } from './limits.ts';

/**
 * The address of a device in one accepted form: http or https, a host, no account in it, no fragment.
 * Throws `DEVICE_URL_INVALID`, `DEVICE_URL_WITH_ACCOUNT`; neither repeats the address.
 */
export function checkedDeviceUrl(text: string): string {
  const invalid = () => new CodedError('DEVICE_URL_INVALID', { max: DEVICE_URL_CHARS_MAX });
  if (text.length > DEVICE_URL_CHARS_MAX || /\s|\p{Cc}/u.test(text)) throw invalid();
  if (!URL.canParse(text)) throw invalid();
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') throw new CodedError('DEVICE_URL_WITH_ACCOUNT');
  if ((url.protocol !== 'http:' && url.protocol !== 'https:') || url.hash !== '') throw invalid();
  return url.href;
}
