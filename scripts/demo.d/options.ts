import { parseArgs } from 'node:util';

export const USAGE = `A small ward, end to end: real sockets, real video, real files.

Usage: ./scripts/demo [options]

  --once              do the main job and end; otherwise the service stays up until Ctrl-C
  --json              the last line on standard output is one JSON object with every figure
  --footage FILE      use a video of your own as what the cameras see
  --footage pedestrians
                      use a real surveillance sample (vtest.avi of Debian's package opencv-doc)
  --keep DIR          leave everything the demo makes in DIR (default: a temporary folder, removed at the end)
  --help              this text

Exit code: 0 when every figure is what it must be, 1 when one is not.
`;

export interface DemoOptions {
  readonly once: boolean;
  readonly json: boolean;
  readonly footage: string | null;
  readonly keep: string | null;
  readonly help: boolean;
}

/** Options of the command line. Throws a readable error for unknown ones. */
export function readOptions(args: readonly string[]): DemoOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      once: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      footage: { type: 'string' },
      keep: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  return {
    once: values.once,
    json: values.json,
    footage: values.footage ?? null,
    keep: values.keep ?? null,
    help: values.help,
  };
}
