import type { Settings } from '@minhchung/settings';
import { destination, type Logger, pino, stdTimeFunctions } from 'pino';

const STANDARD_ERROR = 2;

/** Field names that must never show their value, wherever they turn up one or two levels deep. */
const SECRET_FIELDS = ['password', 'secret', 'token', 'authorization', 'cookie', 'connection_string'];

/** One JSON line per event on standard error; standard output belongs to answers. */
export function createLogger(settings: Settings, part: string): Logger {
  return pino(
    {
      level: settings.logging.level,
      base: { part },
      timestamp: stdTimeFunctions.isoTime,
      redact: SECRET_FIELDS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
    },
    destination({ fd: STANDARD_ERROR, sync: true }),
  );
}
