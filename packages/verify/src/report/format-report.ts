import type { Check, Report } from './report.ts';

/** Which language to print; `both` prints Vietnamese with English below. */
export type ReportLanguage = 'vi' | 'en' | 'both';

/** The report as plain text for a terminal: what was checked, every untruth, the verdict last. */
export function formatReport(report: Report, language: ReportLanguage = 'both'): string {
  const languages = language === 'both' ? (['vi', 'en'] as const) : [language];
  return languages.map((one) => formatIn(report, one)).join('\n');
}

const WORDS = {
  vi: {
    without_authority:
      'CHƯA ĐƯỢC DUYỆT, KHÔNG CÓ NHẬT KÝ: một người tự lập gói này ngoài hệ thống; không ai duyệt, không nơi nào ghi lại.',
    passed: 'ĐÚNG',
    failed: 'SAI ',
    note: 'Lưu ý',
    whole: 'KẾT LUẬN: gói nguyên vẹn, mọi điều kiểm tra đều đúng.',
    broken: (count: number) => `KẾT LUẬN: gói KHÔNG hợp lệ, ${count} điều sai.`,
    about: (p: NonNullable<Report['package']>) =>
      `Gói ${p.package_id}: yêu cầu ${p.request_number}, hồ sơ ${p.case_number}, camera ${p.camera}`,
  },
  en: {
    without_authority:
      'UNAPPROVED, UNLOGGED: one person made this package outside the system; nobody approved it and no log holds it.',
    passed: 'RIGHT',
    failed: 'WRONG',
    note: 'Note',
    whole: 'VERDICT: the package is whole, everything checked is true.',
    broken: (count: number) => `VERDICT: the package is NOT valid, ${count} untruths.`,
    about: (p: NonNullable<Report['package']>) =>
      `Package ${p.package_id}: request ${p.request_number}, case ${p.case_number}, camera ${p.camera}`,
  },
} as const;

function formatIn(report: Report, language: 'vi' | 'en'): string {
  const words = WORDS[language];
  const lines: string[] = report.authority === null ? [] : [words.without_authority];
  if (report.package !== null) lines.push(words.about(report.package));
  for (const check of report.checks) lines.push(lineOf(check, language));
  for (const note of report.notes) lines.push(`${words.note}: ${note[language]}`);
  const untruths = report.checks.filter((check) => !check.ok).length;
  lines.push(report.ok ? words.whole : words.broken(untruths));
  return `${lines.join('\n')}\n`;
}

function lineOf(check: Check, language: 'vi' | 'en'): string {
  const { passed, failed } = WORDS[language];
  const where = check.file === undefined ? '' : `${check.file}: `;
  return `${check.ok ? passed : failed}  ${where}${check[language]}`;
}
