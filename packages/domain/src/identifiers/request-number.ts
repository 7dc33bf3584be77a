import { CodedError } from '../errors.ts';
import { isCode } from './code.ts';

/** The parts of a request's number; sequences run without gaps per unit and Vietnamese calendar year, from 1. */
export interface RequestNumber {
  readonly year: number;
  readonly unit_code: string;
  readonly sequence: number;
}

const NUMBER = /^TX-(\d{4})-(.+)-(\d{6,9})$/;
const SEQUENCE_DIGITS = 6;
const SEQUENCE_MAX = 999_999_999;

/** `TX-2026-P01-000123` (TX: trích xuất). Throws `REQUEST_NUMBER_INVALID` for parts that make no number. */
export function formatRequestNumber(number: RequestNumber): string {
  const text = `TX-${number.year}-${number.unit_code}-${String(number.sequence).padStart(SEQUENCE_DIGITS, '0')}`;
  const is_good =
    Number.isInteger(number.year) &&
    number.year >= 1000 &&
    number.year <= 9999 &&
    isCode(number.unit_code) &&
    Number.isInteger(number.sequence) &&
    number.sequence >= 1 &&
    number.sequence <= SEQUENCE_MAX;
  if (!is_good) throw new CodedError('REQUEST_NUMBER_INVALID', { value: text.slice(0, 80) });
  return text;
}

/** The parts of a number as printed on paper. There is one accepted spelling. Throws `REQUEST_NUMBER_INVALID`. */
export function parseRequestNumber(text: string): RequestNumber {
  const match = NUMBER.exec(text);
  if (match !== null) {
    const number = { year: Number(match[1]), unit_code: match[2]!, sequence: Number(match[3]) };
    const is_canonical = isCode(number.unit_code) && number.sequence >= 1 && number.year >= 1000;
    if (is_canonical && formatRequestNumber(number) === text) return number;
  }
  throw new CodedError('REQUEST_NUMBER_INVALID', { value: text.slice(0, 80) });
}
