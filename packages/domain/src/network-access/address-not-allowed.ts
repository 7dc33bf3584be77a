import { type Bilingual, CodedError } from '../errors.ts';
import type { AddressRefusal } from './may-connect.ts';

/** Every reason for which an address is refused, also those that only its writing or the device gives. */
export type ReachRefusal = AddressRefusal | 'odd_writing' | 'port' | 'other_host';

const WHY: Readonly<Record<ReachRefusal, Bilingual>> = {
  no_address: { vi: 'đây không phải là địa chỉ IP', en: 'it is no IP address' },
  outside_networks: {
    vi: 'địa chỉ nằm ngoài các mạng camera đã khai báo',
    en: 'it lies outside the camera networks that are configured',
  },
  unspecified: { vi: 'địa chỉ này không chỉ máy nào', en: 'it names no machine' },
  loopback: { vi: 'đây là chính máy chủ này', en: 'it is this very server' },
  link_local: {
    vi: 'đây là địa chỉ tự đặt khi thiết bị chưa được cấp địa chỉ (link-local)',
    en: 'it is a link-local address, which a device gives itself while nobody has given it one',
  },
  metadata: {
    vi: 'đây là địa chỉ nội bộ của hạ tầng máy chủ (metadata), không bao giờ là camera',
    en: 'it belongs to the infrastructure of the server (metadata) and is never a camera',
  },
  multicast: { vi: 'đây là địa chỉ nhóm (multicast)', en: 'it is a multicast address' },
  broadcast: { vi: 'đây là địa chỉ quảng bá', en: 'it is the broadcast address' },
  reserved: { vi: 'dải địa chỉ này được dành riêng', en: 'its range is reserved' },
  embedded_ipv4: {
    vi: 'đây là địa chỉ IPv4 giấu trong IPv6; hãy viết thẳng địa chỉ IPv4',
    en: 'it is an IPv4 address inside an IPv6 one; write the IPv4 address itself',
  },
  odd_writing: {
    vi: 'địa chỉ IP viết không theo dạng thông thường (như 192.168.1.20)',
    en: 'its IP address is not written in the usual way (as 192.168.1.20)',
  },
  port: {
    vi: 'cổng này thuộc về dịch vụ khác, không phải của camera',
    en: 'its port belongs to another service, not to a camera',
  },
  other_host: {
    vi: 'thiết bị chỉ sang một máy khác với máy đã đăng ký',
    en: 'the device points at another machine than the one registered',
  },
};

/** Why an address is refused, in words that finish "no connection is made: …". */
export function refusalWords(refusal: ReachRefusal): Bilingual {
  return WHY[refusal];
}

/** The refusal to connect to `address` as an error. */
export function addressNotAllowed(address: string, refusal: ReachRefusal): CodedError {
  const { vi, en } = WHY[refusal];
  return new CodedError('ADDRESS_NOT_ALLOWED', { address, refusal, why_vi: vi, why_en: en });
}
