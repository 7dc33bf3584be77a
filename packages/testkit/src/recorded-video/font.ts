import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

const FONT_FOLDERS = ['/usr/share/fonts', '/usr/local/share/fonts', join(homedir(), '.fonts')];
const PREFERRED = ['DejaVuSans.ttf', 'DejaVuSansMono.ttf'];

/**
 * Path of a TrueType font with Vietnamese letters (Debian's `fonts-dejavu-core`), else of any font found, else
 * null: then footage carries the machine-readable clock only.
 */
export async function findFont(): Promise<string | null> {
  const fonts: string[] = [];
  for (const folder of FONT_FOLDERS) {
    const names = await readdir(folder, { recursive: true }).catch(() => [] as string[]);
    fonts.push(...names.filter((name) => /\.(ttf|otf)$/.test(name)).map((name) => join(folder, name)));
  }
  const preferred = PREFERRED.map((name) => fonts.find((path) => path.endsWith(`/${name}`)));
  const found = preferred.find((path) => path !== undefined) ?? fonts.toSorted()[0] ?? null;
  // The path becomes part of a filter description, where these characters have a meaning.
  return found && /^[\w./ -]+$/.test(found) ? found : null;
}
