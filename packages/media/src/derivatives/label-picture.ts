import { MEDIA_LIMITS } from '../limits.ts';

/** A line of text as SVG: black on white, left-aligned. The text is shown as it is, never as markup. */
export function labelPicture(text: string, width_px: number, height_px: number): Buffer {
  const shown = escapeXml(text.normalize('NFC').slice(0, MEDIA_LIMITS.label_chars_max));
  const font_px = Math.round(height_px * 0.6);
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width_px}" height="${height_px}">` +
      `<rect width="100%" height="100%" fill="white"/>` +
      `<text x="4" y="${Math.round(height_px * 0.7)}" font-family="sans-serif" font-size="${font_px}">${shown}</text>` +
      `</svg>`,
  );
}

function escapeXml(text: string): string {
  // Control characters are not allowed in XML at all; a lone surrogate is no character.
  const allowed = text.toWellFormed().replace(/\p{Cc}/gu, ' ');
  return allowed.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
