import { DETAIL_CHARS_MAX, FAILURES_LISTED_MAX } from '../limits.ts';
import { CHECK_TEXTS, type CheckCode } from './check-texts.ts';
import type { Check } from './report.ts';

/** Values for the placeholders of a text. */
export type Details = Readonly<Record<string, string | number | null>>;

/** Collects what was checked. A code never fails more than the listed number of times, to keep reports finite. */
export class Findings {
  readonly checks: Check[] = [];
  private readonly failures = new Map<CheckCode, number>();

  /** Notes that something was checked and is true. */
  pass(code: CheckCode, file?: string, details: Details = {}): void {
    this.add(code, true, details, file);
  }

  /** Notes an untruth. */
  fail(code: CheckCode, details: Details, file?: string): void {
    const count = (this.failures.get(code) ?? 0) + 1;
    this.failures.set(code, count);
    if (count <= FAILURES_LISTED_MAX) this.add(code, false, details, file);
  }

  /** Passes when there are no problems, else fails once for each. */
  judge(code: CheckCode, problems: readonly Details[], file?: string): void {
    if (problems.length === 0) this.pass(code, file);
    for (const problem of problems) this.fail(code, problem, file);
  }

  get ok(): boolean {
    return this.failures.size === 0;
  }

  private add(code: CheckCode, ok: boolean, details: Details, file: string | undefined): void {
    const text = ok ? CHECK_TEXTS[code].passed : CHECK_TEXTS[code].failed;
    const check = { code, ok, vi: fill(text.vi, details), en: fill(text.en, details) };
    this.checks.push(file === undefined ? check : { ...check, file: printable(file) });
  }
}

function fill(template: string, details: Details): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(details, name) ? printable(String(details[name])) : whole,
  );
}

/** Text from a package as it may be shown: no control or direction characters, not endless. */
export function printable(text: string): string {
  const shown = text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '\uFFFD');
  return shown.length <= DETAIL_CHARS_MAX ? shown : `${shown.slice(0, DETAIL_CHARS_MAX)}…`;
}
