/** Arguments every run begins with: quiet, deaf, and able to open nothing but local files and pipes. */
export const QUIET_ARGUMENTS = ['-hide_banner', '-loglevel', 'error'] as const;

/** An input file. `path` is absolute; behind `file:` it can be neither an option nor an address. */
export function fileInput(path: string): string[] {
  return ['-protocol_whitelist', 'file,pipe', '-i', `file:${path}`];
}
