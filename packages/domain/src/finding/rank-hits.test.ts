import { expect, it } from 'vitest';
import { rankHits, type SearchHit } from './rank-hits.ts';

const hit = (code: string, name: string, kind: SearchHit['kind'] = 'camera'): SearchHit => ({
  kind,
  id: `${kind}-${code}`,
  code,
  name,
  unit_id: 'u',
  detail: null,
});

it('offers the code that was typed first, then what begins so, then what holds it', () => {
  const hits = [
    hit('D9', 'Chợ Vườn Hoa, gần Đông Vệ'),
    hit('D8', 'Đông Vệ 2'),
    hit('DONG VE', 'Cổng chính'),
    hit('DONG VE 01', 'Cổng phụ'),
    hit('D7', 'Đông Vệ', 'unit'),
    hit('D6', 'Vệ tinh Đông'),
  ];
  expect(rankHits('đông vệ', hits).map(({ code }) => code)).toEqual([
    'DONG VE',
    'DONG VE 01',
    'D8',
    'D7',
    'D6',
    'D9',
  ]);
});
