import type { Bilingual } from '../errors.ts';

/**
 * What footage may be asked for. One list for agreements and requests, so that "the owner allows this" is a
 * comparison and not a matter of wording; the wording of the single request is its reason.
 */
export const PURPOSES = [
  'incident',
  'traffic_accident',
  'missing_person',
  'lost_property',
  'public_order',
] as const;
export type Purpose = (typeof PURPOSES)[number];

/** What an owner may allow beside footage: that a program looks now and then whether the lens still sees. */
export const PICTURE_HEALTH = 'picture_health';

/** What an agreement may allow. */
export const AGREEMENT_PURPOSES = [...PURPOSES, PICTURE_HEALTH] as const;
export type AgreementPurpose = (typeof AGREEMENT_PURPOSES)[number];

export const PURPOSE_NAMES: Readonly<Record<AgreementPurpose, Bilingual>> = {
  incident: { vi: 'Xác minh, điều tra vụ việc', en: 'Clarifying an incident' },
  traffic_accident: { vi: 'Va chạm, tai nạn giao thông', en: 'Traffic accident' },
  missing_person: { vi: 'Tìm người', en: 'Finding a person' },
  lost_property: { vi: 'Tìm tài sản', en: 'Finding property' },
  public_order: { vi: 'An ninh trật tự công cộng', en: 'Public order' },
  picture_health: {
    vi: 'Kiểm tra ống kính còn nhìn rõ (chỉ giữ con số, không giữ ảnh)',
    en: 'Checking that the lens still sees (numbers are kept, no pictures)',
  },
};

/** True for a text that names a purpose. */
export function isPurpose(text: string): text is Purpose {
  return (PURPOSES as readonly string[]).includes(text);
}

/** True for a text that names something an agreement may allow. */
export function isAgreementPurpose(text: string): text is AgreementPurpose {
  return (AGREEMENT_PURPOSES as readonly string[]).includes(text);
}
