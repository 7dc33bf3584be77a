import { CodedError } from '../errors.ts';
import type { Span } from '../span.ts';
import { TEMPLATE_CHARS_MAX, TEMPLATE_PLACEHOLDERS_MAX } from './limits.ts';
import { isTimeForm, type TimeForm, writeTime } from './time-forms.ts';

/** A template that was found good. */
export interface PlaybackTemplate {
  readonly text: string;
  /** How its instants are written; all of one template in the same form. */
  readonly form: TimeForm;
  readonly has_end: boolean;
  readonly parts: readonly TemplatePart[];
}

type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'channel'; readonly digits: number }
  | { readonly kind: 'start' | 'end' };

/** Characters of a path and query that need no escaping, and `%` of what is escaped already. */
const LITERAL = /^[A-Za-z0-9\-._~!$&'()*+,;=:/?%]*$/;
const PLACEHOLDER = /\{([^{}]*)\}/g;

/**
 * Reads a template such as `/Streaming/tracks/{channel}01?starttime={start:compact_z}&endtime={end:compact_z}`:
 * a path with a query, `{channel}` (with leading zeros `{channel:2}`), `{start:form}` and `{end:form}`. Host, port
 * and account are never part of it. Throws `PLAYBACK_TEMPLATE_INVALID` with what is wrong.
 */
export function readPlaybackTemplate(text: string): PlaybackTemplate {
  if (text.length > TEMPLATE_CHARS_MAX) throw invalid('too_long');
  if (!text.startsWith('/') || text.startsWith('//')) throw invalid('no_path');
  const parts: TemplatePart[] = [];
  const forms = new Set<TimeForm>();
  let at = 0;
  for (const match of text.matchAll(PLACEHOLDER)) {
    parts.push(literal(text.slice(at, match.index)));
    at = match.index + match[0].length;
    const [name = '', detail = ''] = match[1]!.split(':', 2);
    if (match[1]!.split(':').length > 2) throw invalid('unknown_placeholder');
    if (name === 'channel') parts.push({ kind: 'channel', digits: channelDigits(detail) });
    else if ((name === 'start' || name === 'end') && isTimeForm(detail)) {
      forms.add(detail);
      parts.push({ kind: name });
    } else throw invalid('unknown_placeholder');
  }
  parts.push(literal(text.slice(at)));
  const count = (kind: TemplatePart['kind']) => parts.filter((part) => part.kind === kind).length;
  if (parts.length - count('text') > TEMPLATE_PLACEHOLDERS_MAX) throw invalid('too_long');
  if (count('start') === 0) throw invalid('no_start');
  const [form] = forms;
  if (form === undefined || forms.size > 1) throw invalid('mixed_forms');
  return { text, form, has_end: count('end') > 0, parts };
}

/**
 * The path and query of one playback. `written` is the span as the device is to read it: calendar fields in what it
 * takes them for. A form in whole seconds is rounded outward.
 */
export function fillPlaybackTemplate(template: PlaybackTemplate, channel: number, written: Span): string {
  return template.parts
    .map((part) => {
      switch (part.kind) {
        case 'text':
          return part.text;
        case 'channel':
          return String(channel).padStart(part.digits, '0');
        case 'start':
          return writeTime(written.start_ms, template.form, 'floor');
        default:
          return writeTime(written.end_ms, template.form, 'ceil');
      }
    })
    .join('');
}

function literal(text: string): TemplatePart {
  if (!LITERAL.test(text)) throw invalid('character');
  return { kind: 'text', text };
}

function channelDigits(detail: string): number {
  if (detail === '') return 1;
  if (!/^[1-4]$/.test(detail)) throw invalid('unknown_placeholder');
  return Number(detail);
}

const REASONS = {
  too_long: { vi: 'quá dài hoặc quá nhiều chỗ điền', en: 'it is too long or has too many placeholders' },
  no_path: {
    vi: 'phải bắt đầu bằng "/", không ghi máy chủ, cổng hay tài khoản',
    en: 'it must begin with "/", without host, port or account',
  },
  unknown_placeholder: {
    vi: 'chỉ có {channel}, {channel:2}, {start:…} và {end:…}',
    en: 'there are only {channel}, {channel:2}, {start:…} and {end:…}',
  },
  character: {
    vi: 'có ký tự không dùng được trong địa chỉ (khoảng trắng, ngoặc, @, #, …)',
    en: 'it has a character that addresses cannot carry (a blank, a brace, @, #, …)',
  },
  no_start: { vi: 'thiếu {start:…}', en: '{start:…} is missing' },
  mixed_forms: {
    vi: '{start:…} và {end:…} phải cùng một cách viết',
    en: '{start:…} and {end:…} must be of one form',
  },
} as const;

function invalid(reason: keyof typeof REASONS): CodedError {
  const { vi, en } = REASONS[reason];
  return new CodedError('PLAYBACK_TEMPLATE_INVALID', { reason_vi: vi, reason: en });
}
