import type { Bilingual, ConePlace, FootageHeld, RankedCamera, WorkingThen } from '@minhchung/domain';

const CONES: Readonly<Record<ConePlace, Bilingual>> = {
  inside: { vi: 'nằm trong góc nhìn', en: 'inside the view' },
  beyond: { vi: 'đúng hướng nhưng quá tầm', en: 'in the direction, out of range' },
  aside: { vi: 'ngoài góc nhìn', en: 'outside the view' },
  unknown: { vi: 'chưa rõ hướng nhìn', en: 'direction not known' },
};

const WORKING: Readonly<Record<WorkingThen, Bilingual>> = {
  yes: { vi: 'khi đó hoạt động', en: 'working then' },
  partly: { vi: 'khi đó hoạt động không liên tục', en: 'working part of the time' },
  no: { vi: 'khi đó không hoạt động', en: 'not working then' },
  unknown: { vi: 'chưa rõ khi đó có hoạt động', en: 'not known whether it worked then' },
};

const FOOTAGE: Readonly<Record<FootageHeld, Bilingual>> = {
  held: { vi: 'dữ liệu còn', en: 'footage held' },
  partly: { vi: 'dữ liệu còn một phần', en: 'footage partly held' },
  overwritten: { vi: 'dữ liệu đã bị ghi đè', en: 'footage overwritten' },
  unknown: { vi: 'chưa rõ dữ liệu còn hay không', en: 'not known whether footage is held' },
  offline: { vi: 'hiện mất kết nối, có thể còn dữ liệu', en: 'offline now, may still hold it' },
};

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Why a camera stands where it stands, in one sentence an officer reads. */
export function explain(ranked: Omit<RankedCamera, 'id'>): Bilingual {
  const parts = [CONES[ranked.cone], WORKING[ranked.working_then], FOOTAGE[ranked.footage]];
  const length = Math.round(ranked.distance_m);
  const left = overwriting(ranked);
  const say = (language: 'vi' | 'en', distance: string) =>
    [distance, ...[...parts, ...left].map((part) => part[language])].join('; ');
  return { vi: say('vi', `cách ${length} m`), en: say('en', `${length} m away`) };
}

function overwriting(ranked: Omit<RankedCamera, 'id'>): Bilingual[] {
  const { overwrite_in_ms, footage } = ranked;
  if (overwrite_in_ms === null || footage === 'overwritten') return [];
  if (overwrite_in_ms === 0) return [{ vi: 'đang bị ghi đè', en: 'being overwritten' }];
  const days = Math.floor(overwrite_in_ms / DAY_MS);
  const hours = Math.floor(overwrite_in_ms / HOUR_MS);
  return [
    days > 0
      ? { vi: `bị ghi đè sau ${days} ngày`, en: `overwritten in ${days} days` }
      : { vi: `bị ghi đè sau ${hours} giờ`, en: `overwritten in ${hours} hours` },
  ];
}
