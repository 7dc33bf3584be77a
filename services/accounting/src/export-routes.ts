import * as contract from '@minhchung/contract';
import { actorFields, registerRoute } from '@minhchung/contract/server';
import type { Actor } from '@minhchung/domain';
import type { CaseCounts } from '@minhchung/store';
import type { FastifyInstance } from 'fastify';
import { allRows } from './all-rows.ts';
import { counted } from './counted.ts';
import { countWish } from './covering.ts';
import { type CsvCell, csvFile } from './csv.ts';
import type { AccountingDeps } from './deps.ts';

const CASE_HEADER = [
  'Hồ sơ',
  'Yêu cầu',
  'Lượt yêu cầu',
  'Đã duyệt',
  'Đã trích xuất',
  'Trọn vẹn',
  'Một phần',
  'Không có dữ liệu',
  'Không lấy được',
  'Đang chờ',
  'Từ chối',
  'Hủy',
  'Lỗi',
  'Yêu cầu khẩn không được xác nhận',
  'Đã trích xuất rồi bị từ chối',
  'Hoãn thông báo cho chủ',
  'Còn đang hoãn thông báo',
];

const MONTH_HEADER = ['Tháng', 'Mã đơn vị', 'Đơn vị', 'Yêu cầu', 'Lượt yêu cầu', 'Đã trích xuất'];

/** Reports as files for a spreadsheet. Taking figures out of the system is an act of its own, and is recorded. */
export function exportRoutes(app: FastifyInstance, deps: AccountingDeps): void {
  const counts = counted(deps);

  registerRoute(app, contract.exportPerCase, async ({ actor, query, request }) => {
    const wish = countWish(await deps.unitScope(request, 'report.export'), query);
    await record(deps, actor, 'cases');
    const rows = allRows((page) => counts.perCase(wish, page));
    return fileOf('trich-xuat-theo-ho-so.csv', csvFile(CASE_HEADER, caseLines(rows)));
  });

  registerRoute(app, contract.exportPerMonth, async ({ actor, query, request }) => {
    const wish = countWish(await deps.unitScope(request, 'report.export'), query);
    const rows = await counts.perMonth(wish);
    await record(deps, actor, 'months');
    const lines = rows.map((row): readonly CsvCell[] => [
      row.month,
      row.unit_code,
      row.unit_name,
      row.requests,
      row.requested,
      row.delivered,
    ]);
    return fileOf('trich-xuat-theo-thang.csv', csvFile(MONTH_HEADER, lines));
  });
}

async function* caseLines(rows: AsyncIterable<CaseCounts>): AsyncGenerator<readonly CsvCell[]> {
  for await (const row of rows) {
    yield [
      row.case_number,
      row.requests,
      row.requested,
      row.approved,
      row.delivered,
      row.archived,
      row.partial,
      row.no_footage,
      row.not_obtained,
      row.waiting,
      row.refused,
      row.cancelled,
      row.failed,
      row.unconfirmed,
      row.delivered_then_refused,
      row.notices_delayed,
      row.notices_still_delayed,
    ];
  }
}

function fileOf(file_name: string, body: AsyncIterable<Uint8Array>) {
  return { content_type: 'text/csv; charset=utf-8', file_name, size_bytes: null, body };
}

async function record(deps: AccountingDeps, actor: Actor, report: string): Promise<void> {
  await deps.store.audit.append({
    at_ms: deps.time.now_ms(),
    act: 'report.export',
    ...actorFields(actor),
    unit_id: null,
    subject_kind: 'report',
    subject_id: report,
    outcome: 'ok',
    details: {},
  });
}
