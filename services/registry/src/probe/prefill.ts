import { isCode, LIMITS, type Network } from '@minhchung/domain';
import type { ProbePrefill, ProbeReport } from './report.ts';

/** Room for `-256` behind a recorder's code. */
const CODE_CHARS_MAX = LIMITS.code_max_chars - 4;

/** What a trial found, ready to be registered; null where the device did not even say what it is. */
export function prefillOf(report: ProbeReport, network: Network | null): ProbePrefill | null {
  if (report.device === null) return null;
  const { manufacturer, model } = report.device;
  const code = proposedCode(report.device_url);
  const only_one = report.channels.length === 1;
  return {
    recorder: {
      code,
      name: nameOf(`${manufacturer} ${model}`, code),
      kind: 'onvif',
      device_url: report.device_url,
      ...(network === null ? {} : { network_id: network.id }),
    },
    cameras: report.channels.map(({ source_token, name }, index) => ({
      code: only_one ? code : `${code}-${index + 1}`,
      name: nameOf(name, `${code}-${index + 1}`),
      source_token,
      reach: 'polled',
    })),
  };
}

/** `http://192.168.1.20:8000/…` → `192.168.1.20-8000`. */
function proposedCode(device_url: string): string {
  const { host } = new URL(device_url);
  const parts = host.split(/[^A-Za-z0-9.]+|\.(?=\.)/).filter((part) => part !== '');
  const code = parts
    .join('-')
    .replace(/^\.+|\.+$/g, '')
    .slice(0, CODE_CHARS_MAX)
    .replace(/[.-]+$/, '');
  return isCode(code) ? code : 'NVR';
}

/** What a device writes may hold anything; a name is one line of so many characters. */
function nameOf(text: string, otherwise: string): string {
  const line = text
    .toWellFormed()
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  return [...line].slice(0, LIMITS.name_max_chars).join('').trim() || otherwise;
}
