import { SubmissionSchema } from '@minhchung/contract';
import { Compile } from 'typebox/compile';
import type { Submission } from '../submit-registration.ts';
import { type FormField, WRONG_TEXTS } from './registration-texts.ts';

const schema = Compile(SubmissionSchema);
const COORDINATES = /^(-?\d{1,3}(?:[.,]\d+)?)\s*[;,\s]\s*(-?\d{1,3}(?:[.,]\d+)?)$/;
const TIME = /^([01]\d|2[0-4]):([0-5]\d)$/;

/** A form as it came, and what is wrong with it. `submission` is null when anything is. */
export interface ReadForm {
  readonly fields: URLSearchParams;
  readonly wrong: readonly FormField[];
  readonly submission: Submission | null;
}

/** Reads what a browser sent. Fields nobody asked for are left out. */
export function readForm(fields: URLSearchParams): ReadForm {
  const text = (name: string) => clean(fields.get(name) ?? '');
  const maybe = (name: string) => text(name) || null;
  const position = coordinatesOf(text('position'));
  const hours = hoursOf(text('from'), text('to'));
  const submission = {
    ticket: text('ticket'),
    website: text('website').slice(0, 200),
    unit_id: text('unit_id'),
    name: text('name'),
    phone: text('phone'),
    email: maybe('email'),
    address: maybe('address'),
    position: position === undefined ? null : position,
    looks_at: text('looks_at'),
    maker: maybe('maker'),
    mode: text('mode'),
    purposes: [...new Set(fields.getAll('purposes'))],
    allows_audio: fields.get('allows_audio') === 'yes',
    hours: hours === undefined ? null : hours,
  };
  const wrong = new Set<FormField>();
  for (const { instancePath } of schema.Errors(submission)) {
    const [, field = ''] = instancePath.split('/');
    if (field in WRONG_TEXTS) wrong.add(field as FormField);
  }
  if (position === undefined) wrong.add('position');
  if (hours === undefined) wrong.add('hours');
  if (fields.get('sure') !== 'yes') wrong.add('sure');
  const is_good = wrong.size === 0 && schema.Check(submission);
  const order = Object.keys(WRONG_TEXTS) as FormField[];
  return {
    fields,
    wrong: order.filter((field) => wrong.has(field)),
    submission: is_good ? (submission as Submission) : null,
  };
}

/** As both databases can keep it: no control characters, no half characters. */
function clean(text: string): string {
  return text
    .toWellFormed()
    .replace(/\p{Cc}+/gu, ' ')
    .normalize('NFC')
    .trim();
}

/** Null: none was given; undefined: it cannot be read. Decimal commas are read where they are not ambiguous. */
function coordinatesOf(text: string): Submission['position'] | undefined {
  if (text === '') return null;
  const match = COORDINATES.exec(text);
  if (match === null) return undefined;
  const [latitude_deg, longitude_deg] = [match[1]!, match[2]!].map((part) => Number(part.replace(',', '.')));
  const is_on_earth = Math.abs(latitude_deg!) <= 90 && Math.abs(longitude_deg!) <= 180;
  return is_on_earth ? { latitude_deg: latitude_deg!, longitude_deg: longitude_deg! } : undefined;
}

function hoursOf(from: string, to: string): Submission['hours'] | undefined {
  if (from === '' && to === '') return null;
  const [start, end] = [minuteOf(from), minuteOf(to)];
  return start === null || end === null ? undefined : { from_minute: start, to_minute: end };
}

function minuteOf(text: string): number | null {
  const match = TIME.exec(text);
  if (match === null) return null;
  const minute = Number(match[1]) * 60 + Number(match[2]);
  return minute <= 1_440 ? minute : null;
}
