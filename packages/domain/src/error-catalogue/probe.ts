import { catalogue } from './entry.ts';

/** Errors of where devices may be reached, of their certificates, and of trying and finding them. */
export const PROBE_ERRORS = catalogue({
  ADDRESS_NOT_ALLOWED: {
    status: 422,
    text: {
      vi: 'Không kết nối tới {address}: {why_vi}. Kiểm tra lại địa chỉ; nếu thiết bị thật sự ở đó, nhờ người vận hành thêm dải địa chỉ vào mạng của thiết bị và vào tuỳ chọn devices.allowed_networks.',
      en: 'No connection is made to {address}: {why_en}. Check the address; if the device really is there, ask the operator to add its range to the network of the device and to the option devices.allowed_networks.',
    },
  },
});
