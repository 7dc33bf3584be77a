/** Arguments every run begins with: quiet, deaf, and able to open nothing but local files and pipes. */
export const QUIET_ARGUMENTS = ['-hide_banner', '-loglevel', 'error'] as const;

/**
 * Containers that tools may read. No playlist is among them (they name other files), and no bare stream (it has
 * no times).
 */
const CONTAINERS = ['avi', 'flv', 'mpeg', 'asf', 'dhav', 'mov', 'matroska', 'mpegts'];

/** An input file. `path` is absolute; behind `file:` it can be neither an option nor an address. */
export function fileInput(path: string): string[] {
  return [
    '-protocol_whitelist',
    'file,pipe',
    '-format_whitelist',
    CONTAINERS.join(','),
    '-i',
    `file:${path}`,
  ];
}
