import type { Settings } from '@minhchung/settings';
import { type Finding, finding } from './finding.ts';

const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];

/** Whether people will reach the API, and whether it will know them apart. */
export function examineApi({ api }: Settings): Finding[] {
  const is_local = LOOPBACK.includes(api.host);
  if (api.public_origin === null) {
    return [
      is_local
        ? finding('api', 'good', 'API chỉ phục vụ máy này', 'The API serves this machine only')
        : finding(
            'api',
            'warn',
            `API nghe tại ${api.host} nhưng api.public_origin chưa đặt: máy khác không đăng nhập được`,
            `The API listens on ${api.host}, but api.public_origin is not set: other machines cannot sign in`,
          ),
    ];
  }
  if (!api.public_origin.startsWith('https:')) {
    return [
      finding(
        'api',
        'warn',
        `${api.public_origin} không phải https: mật khẩu đi qua mạng không được mã hóa`,
        `${api.public_origin} is not https: passwords cross the network in clear`,
      ),
    ];
  }
  return [
    api.trusted_proxies.length === 0
      ? finding(
          'api',
          'warn',
          'api.trusted_proxies trống: sau proxy, mọi người dùng trông như một địa chỉ và bị giới hạn chung',
          'api.trusted_proxies is empty: behind a proxy all people look like one address and share its limits',
        )
      : finding('api', 'good', `API tại ${api.public_origin}`, `The API is at ${api.public_origin}`),
  ];
}
