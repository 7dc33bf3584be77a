import { type NetworkReport, type SchemeReport, worstFirst } from '@minhchung/accounting';
import {
  type Bilingual,
  type CameraState,
  durationText,
  EVALUATION_NAMES,
  formatVietnam,
  offsetText,
} from '@minhchung/domain';
import { table } from '../commands/table.ts';

export type Language = 'vi' | 'en';

/** Rows of a part that are shown to a person; the rest is a number, and in the JSON. */
const ROWS_SHOWN = 15;

const STATES: Readonly<Record<CameraState, Bilingual>> = {
  online: { vi: 'hoạt động tốt', en: 'online' },
  degraded: { vi: 'có lỗi', en: 'degraded' },
  offline: { vi: 'mất kết nối', en: 'offline' },
  refused: { vi: 'từ chối mật khẩu', en: 'refused' },
  unknown: { vi: 'không rõ', en: 'unknown' },
};

/** The state of the network as a person wants to read it: the totals first, then what is worst. */
export function networkText(report: NetworkReport, language: Language): string[] {
  const say = (vi: string, en: string) => (language === 'vi' ? vi : en);
  const { all, community, household } = report;
  const time = formatVietnam(report.at_ms);
  return [
    say(`TÌNH TRẠNG MẠNG CAMERA lúc ${time}`, `STATE OF THE CAMERA NETWORK at ${time}`),
    '',
    ...totals([
      [say('tất cả', 'all'), all],
      [say('cộng đồng', 'community'), community],
      [say('hộ gia đình', 'household'), household],
    ]),
    ...section(say('Phường, xã (kém nhất trước)', 'Wards (worst first)'), wards()),
    ...section(say('Mô hình (kém nhất trước)', 'Schemes (worst first)'), schemes()),
    ...section(say('Đồng hồ', 'Clocks'), clocks()),
    ...section(say('Việc cần làm', 'Work list'), workList()),
    ...section(say('Thời gian còn lưu', 'What recorders still hold'), holdings()),
  ];

  function totals(rows: readonly (readonly [string, NetworkReport['all']])[]): string[] {
    const header = ['', 'camera', ...Object.values(STATES).map((name) => name[language])];
    const shares = [say('hoạt động / tất cả', 'working / all'), say('/ biết rõ', '/ known')];
    return table(
      [...header, ...shares],
      rows.map(([name, tally]) => [
        name,
        tally.cameras,
        ...(Object.keys(STATES) as CameraState[]).map((state) => tally.by_state[state]),
        percent(tally.working_of_all),
        percent(tally.working_of_known),
      ]),
    );
  }

  function wards(): string[] {
    const with_cameras = report.wards.filter(({ tally }) => tally.cameras > 0);
    const empty = report.wards.length - with_cameras.length;
    const header = [say('đơn vị', 'unit'), 'camera', say('hoạt động', 'working'), say('biết rõ', 'known')];
    const rows = with_cameras.map(({ name, tally }) => [
      name,
      tally.cameras,
      tally.working,
      tally.known,
      percent(tally.working_of_all),
      percent(tally.working_of_known),
    ]);
    const lines = shown([...header, say('/ tất cả', '/ all'), say('/ biết rõ', '/ known')], rows);
    if (empty === 0) return lines;
    return [...lines, say(`${empty} đơn vị chưa có camera nào.`, `${empty} units have no camera at all.`)];
  }

  function schemes(): string[] {
    if (report.schemes.length === 0) return [say('Chưa có mô hình nào.', 'There are none.')];
    const count = (of: (one: SchemeReport) => boolean) => report.schemes.filter(of).length;
    const of = (evaluation: SchemeReport['evaluation']) =>
      `${count((one) => one.evaluation === evaluation)} ${EVALUATION_NAMES[evaluation][language]}`;
    const paper = count((one) => one.is_on_paper_only);
    const sum = `${report.schemes.length}: ${of('effective')}, ${of('needs_attention')}, ${of('dormant')}`;
    const only = say(`chỉ có trên giấy: ${paper}`, `on paper only: ${paper}`);
    const header = [say('mô hình', 'scheme'), 'camera', say('đánh giá', 'evaluation'), say('vì sao', 'why')];
    const rows = worstFirst(report.schemes).map((one) => [
      one.name,
      one.tally.cameras,
      EVALUATION_NAMES[one.evaluation][language] +
        (one.is_on_paper_only ? say(' (trên giấy)', ' (paper)') : ''),
      one.reasons.map(({ text }) => text[language]).join('; '),
    ]);
    return [`${sum} (${only})`, ...shown(header, rows)];
  }

  function clocks(): string[] {
    const { measured, unmeasured, off, out_of_limit, limit_ms } = report.clocks;
    const limit = durationText(limit_ms)[language];
    const sum = say(
      `${measured} đã đo, ${unmeasured} chưa đo, ${off} lệch quá ${limit}`,
      `${measured} measured, ${unmeasured} not measured, ${off} off by more than ${limit}`,
    );
    if (out_of_limit.length === 0) return [sum];
    const rows = out_of_limit.map(({ recorder_code, min_ms, max_ms, measured_at_ms }) => [
      recorder_code,
      offsetText((min_ms + max_ms) / 2)[language],
      `± ${Math.ceil((max_ms - min_ms) / 2)} ms`,
      formatVietnam(measured_at_ms),
    ]);
    return [
      sum,
      ...shown([say('đầu ghi', 'recorder'), say('lệch', 'off'), '', say('đo lúc', 'measured')], rows, off),
    ];
  }

  function workList(): string[] {
    if (report.work_list.length === 0) return [say('Không có việc nào.', 'Nothing to do.')];
    const header = [say('việc', 'kind'), say('số lượng', 'open'), say('lâu nhất từ', 'oldest since')];
    const rows = report.work_list.map(({ name, open, oldest_since_ms }) => [
      name[language],
      open,
      formatVietnam(oldest_since_ms),
    ]);
    return table(header, rows);
  }

  function holdings(): string[] {
    const { held_days, soon_overwritten } = report.holdings;
    const cameras = (from: number, below: number) =>
      held_days.reduce(
        (n, one) => (one.days !== null && one.days >= from && one.days < below ? n + one.cameras : n),
        0,
      );
    const nothing = held_days.find(({ days }) => days === null)?.cameras ?? 0;
    const rows = [
      [say('không còn gì', 'nothing'), nothing],
      [say('dưới 3 ngày', 'less than 3 days'), cameras(0, 3)],
      [say('3 đến dưới 7 ngày', '3 to 7 days'), cameras(3, 7)],
      [say('7 đến dưới 15 ngày', '7 to 15 days'), cameras(7, 15)],
      [say('từ 15 ngày', '15 days or more'), cameras(15, Number.POSITIVE_INFINITY)],
    ];
    const lines = table([say('còn giữ', 'held'), 'camera'], rows);
    if (soon_overwritten.length === 0) return lines;
    const soon = soon_overwritten.map(({ request_number, camera_code, overwrite_at_ms }) => [
      request_number,
      camera_code,
      formatVietnam(overwrite_at_ms),
    ]);
    const header = [say('yêu cầu', 'request'), 'camera', say('bị ghi đè lúc', 'overwritten at')];
    return [...lines, '', say('Sắp bị ghi đè:', 'Overwritten soon:'), ...shown(header, soon)];
  }

  function shown(
    header: readonly string[],
    rows: readonly (readonly (string | number)[])[],
    of = rows.length,
  ) {
    const lines = table(header, rows.slice(0, ROWS_SHOWN));
    const left = of - Math.min(rows.length, ROWS_SHOWN);
    return left <= 0 ? lines : [...lines, say(`… và ${left} nữa (--json)`, `… and ${left} more (--json)`)];
  }

  function percent(share: number | null): string {
    if (share === null) return '–';
    const text = (share * 100).toFixed(1);
    return `${language === 'vi' ? text.replace('.', ',') : text} %`;
  }
}

function section(title: string, lines: readonly string[]): string[] {
  return ['', title.toUpperCase(), ...lines];
}
