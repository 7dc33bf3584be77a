import type { DeviceQuirks } from './quirks.ts';

/** The page that some devices send with a 401 (quirk 11). */
export const UNAUTHORIZED_PAGE =
  '<!DOCTYPE html><html><head><title>401 Unauthorized</title></head><body>Access denied</body></html>';

/** A truthful SOAP answer as a device with these quirks writes it (18, 19). */
export function writtenOddly(answer: string, quirks: DeviceQuirks): string {
  const headed = quirks.undeclared_prefix
    ? answer.replace('<s:Body>', '<s:Header><wsa:Action>reply</wsa:Action></s:Header><s:Body>')
    : answer;
  switch (quirks.xml_damage) {
    case 'bare_ampersand':
      return headed.replace(/(<\/(?:tds:Manufacturer|tt:Name|tt:Uri|trp:Uri)>)/g, '&x=1$1');
    case 'control_character':
      return headed.replace('</s:Body>', '&#0;</s:Body>');
    case 'cut_short':
      return headed.slice(0, Math.floor(headed.length / 2));
    default:
      return headed;
  }
}
