import { access, constants } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';

/** Absolute path of an executable: as given when absolute, else from `PATH`. Null when there is none. */
export async function findProgram(name: string): Promise<string | null> {
  const candidates = isAbsolute(name)
    ? [name]
    : (process.env.PATH ?? '')
        .split(delimiter)
        .filter(isAbsolute)
        .map((folder) => join(folder, name));
  for (const candidate of candidates) {
    const is_executable = await access(candidate, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (is_executable) return candidate;
  }
  return null;
}
