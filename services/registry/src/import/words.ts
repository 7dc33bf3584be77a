import {
  AGREEMENT_PURPOSES,
  type Agreement,
  type AgreementPurpose,
  type CameraKind,
  type FolderLayout,
  type PlaybackVendor,
  PURPOSE_NAMES,
  type Reach,
  type Recorder,
} from '@minhchung/domain';
import type { Choices } from './cells.ts';

/** What people write for the values of the register: Vietnamese words first, the code's word always accepted. */
export const KINDS: Choices<CameraKind> = {
  community: ['cộng đồng', 'camera cộng đồng'],
  household: ['hộ gia đình', 'gia đình', 'hộ dân'],
};

export const REACHES: Choices<Reach> = {
  polled: ['trực tiếp', 'kết nối trực tiếp'],
  ward_box: ['hộp phường', 'qua hộp phường'],
  owner_only: ['chủ camera', 'chỉ chủ camera'],
};

export const RECORDER_KINDS: Choices<Recorder['kind']> = {
  onvif: ['onvif'],
  folder: ['thư mục'],
  playback_url: ['địa chỉ xem lại', 'xem lại của hãng'],
};

export const VENDORS: Choices<PlaybackVendor> = {
  hikvision: ['hikvision', 'ezviz', 'hik'],
  dahua: ['dahua', 'kbvision', 'imou'],
  uniview: ['uniview', 'unv'],
  generic: ['khác'],
};

export const ZONES: Choices<FolderLayout['zone']> = {
  'Asia/Ho_Chi_Minh': ['giờ Việt Nam', 'Việt Nam'],
  UTC: ['UTC', 'GMT'],
};

export const AGREEMENT_MODES: Choices<Agreement['mode']> = {
  automatic: ['tự động'],
  ask_first: ['hỏi trước', 'xin phép từng lần'],
};

export const YES_OR_NO: Choices<'yes' | 'no'> = {
  yes: ['có', 'được', 'cho phép', 'x'],
  no: ['không', 'không được', 'không cho phép'],
};

export const PURPOSE_WORDS = Object.fromEntries(
  AGREEMENT_PURPOSES.map((purpose) => [purpose, [PURPOSE_NAMES[purpose].vi]]),
) as unknown as Choices<AgreementPurpose>;
