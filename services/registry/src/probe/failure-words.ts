import type { Bilingual, CodedError } from '@minhchung/domain';

interface Words {
  readonly text: Bilingual;
  readonly next: Bilingual;
}

const CHECK_ADDRESS: Bilingual = {
  vi: 'Kiểm tra địa chỉ trong màn hình mạng của thiết bị, và máy chủ này có ở cùng mạng camera không.',
  en: "Check the address on the device's own network page, and that this server is in the same camera network.",
};

/** What the system says when no connection comes about, by its code. */
const NETWORK_WORDS: Readonly<Record<string, Words>> = {
  ENOTFOUND: {
    text: { vi: 'Không có máy nào mang tên này.', en: 'No machine has this name.' },
    next: {
      vi: 'Dùng địa chỉ IP của thiết bị, hoặc sửa lại tên.',
      en: 'Use the IP address of the device, or correct the name.',
    },
  },
  EAI_AGAIN: {
    text: { vi: 'Máy chủ tên miền không trả lời.', en: 'The name server does not answer.' },
    next: {
      vi: 'Dùng địa chỉ IP của thiết bị, hoặc kiểm tra DNS của máy chủ này.',
      en: 'Use the IP address of the device, or check the DNS of this server.',
    },
  },
  ECONNREFUSED: {
    text: {
      vi: 'Có máy ở địa chỉ này nhưng không mở cổng này.',
      en: 'A machine is there, but this port is closed.',
    },
    next: {
      vi: 'Bật ONVIF trên thiết bị và xem cổng của nó (thường là 80, 8000, 8080 hoặc 8899), rồi ghi cổng vào địa chỉ.',
      en: 'Switch ONVIF on in the device, look up its port (often 80, 8000, 8080 or 8899) and write it into the address.',
    },
  },
  EHOSTUNREACH: {
    text: { vi: 'Không có máy nào trả lời ở địa chỉ này.', en: 'Nothing answers at this address.' },
    next: {
      vi: `Kiểm tra thiết bị có điện và cắm dây mạng. ${CHECK_ADDRESS.vi}`,
      en: `Check that the device has power and its cable is plugged in. ${CHECK_ADDRESS.en}`,
    },
  },
  ENETUNREACH: {
    text: { vi: 'Máy chủ này không có đường tới mạng đó.', en: 'This server has no route to that network.' },
    next: CHECK_ADDRESS,
  },
  ETIMEDOUT: {
    text: { vi: 'Không có trả lời nào từ địa chỉ này.', en: 'Nothing came back from this address.' },
    next: CHECK_ADDRESS,
  },
};

const NEXT_OF: Readonly<Record<string, Bilingual>> = {
  DEVICE_UNREACHABLE: CHECK_ADDRESS,
  DEVICE_TIMEOUT: {
    vi: 'Thử lại; nếu vẫn chậm, khởi động lại thiết bị và kiểm tra đường truyền.',
    en: 'Try again; if it stays slow, restart the device and check the line.',
  },
  DEVICE_REFUSED: {
    vi: 'Không thử mật khẩu khác nhiều lần: thiết bị sẽ khóa. Xem trong thiết bị có tài khoản riêng cho ONVIF không (nhiều hãng tách riêng), đặt lại mật khẩu ở đó rồi thử một lần.',
    en: 'Do not try many passwords: the device locks. Look whether it keeps accounts for ONVIF apart (many makers do), set the password there, then try once.',
  },
  DEVICE_BROKEN: {
    vi: 'Kiểm tra đường dẫn (thường là /onvif/device_service) và ONVIF đã bật chưa. Nếu đúng cả, ghi lại hãng, model, firmware và báo kỹ thuật.',
    en: 'Check the path (usually /onvif/device_service) and that ONVIF is switched on. If both are right, note maker, model and firmware and report it.',
  },
  DEVICE_TLS_OLD: {
    vi: 'Thử địa chỉ http:// của thiết bị trong mạng camera riêng, hoặc cập nhật firmware.',
    en: 'Try its http:// address within the separate camera network, or update its firmware.',
  },
  CERTIFICATE_CHANGED: {
    vi: 'So vân tay trên thiết bị; nếu đúng là thiết bị đã thay hoặc đặt lại, xác nhận chứng thư mới ở trang đầu ghi.',
    en: "Compare the fingerprint on the device; if it was indeed replaced or reset, confirm the new certificate on the recorder's page.",
  },
  ADDRESS_NOT_ALLOWED: {
    vi: 'Sửa địa chỉ, hoặc nhờ người vận hành khai báo mạng camera này.',
    en: 'Correct the address, or ask the operator to configure this camera network.',
  },
  DEVICE_UNSUPPORTED: {
    vi: 'Xem firmware mới hơn của hãng có chức năng này không.',
    en: 'Look whether a newer firmware of its maker has it.',
  },
};
const NEXT_OTHERWISE: Bilingual = { vi: 'Thử lại sau ít phút.', en: 'Try again in a few minutes.' };

/** A failure in words: what happened, and the next thing to try. */
export function failureWords(error: CodedError): Words {
  const network =
    error.code === 'DEVICE_UNREACHABLE' ? NETWORK_WORDS[String(error.details.system_code)] : undefined;
  return network ?? { text: error.texts, next: NEXT_OF[error.code] ?? NEXT_OTHERWISE };
}
