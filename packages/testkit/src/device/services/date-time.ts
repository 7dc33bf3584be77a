import { type XmlFragment, xml } from '../../soap/xml-template.ts';

/** `tt:DateTime` (ONVIF Core 8.3): the fields of a clock, whole seconds. */
export function dateTimeFields(time_ms: number): XmlFragment {
  const at = new Date(time_ms);
  return xml`<tt:Time><tt:Hour>${at.getUTCHours()}</tt:Hour><tt:Minute>${at.getUTCMinutes()}</tt:Minute>
    <tt:Second>${at.getUTCSeconds()}</tt:Second></tt:Time>
    <tt:Date><tt:Year>${at.getUTCFullYear()}</tt:Year><tt:Month>${at.getUTCMonth() + 1}</tt:Month>
    <tt:Day>${at.getUTCDate()}</tt:Day></tt:Date>`;
}

/** `xs:dateTime` in UTC with milliseconds. */
export function xsDateTime(time_ms: number): string {
  return new Date(time_ms).toISOString();
}

/** Milliseconds of an `xs:dateTime`, or null when there is none or it is impossible. */
export function readXsDateTime(text: string | null): number | null {
  const time_ms = Date.parse(text ?? '');
  return Number.isNaN(time_ms) ? null : time_ms;
}

/** Milliseconds of an `xs:duration` like `PT10S` or `PT1M30.5S`; null for anything else. */
export function readXsDuration(text: string | null): number | null {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(text ?? '');
  if (!match) return null;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}
