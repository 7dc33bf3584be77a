import { CodedError, nearestName } from '@minhchung/domain';

/** What one process of the program can be. */
export const PROCESS_ROLES = ['api', 'poller', 'extractor'] as const;
export type ProcessRole = (typeof PROCESS_ROLES)[number];

/** A part of the program that is running. */
export interface RunningRole {
  /** Where it can be reached, if it listens. */
  readonly url: string | null;
  /** Ends it: no new work, what runs is given up in an orderly way, everything is closed. */
  close(): Promise<void>;
}

/** Reads `api,poller`. Throws `COMMAND_MISUSED`. */
export function parseRoles(text: string): ProcessRole[] {
  const names = text.split(',').map((name) => name.trim());
  return [...new Set(names)].map((name) => {
    const role = PROCESS_ROLES.find((known) => known === name);
    if (role !== undefined) return role;
    const nearest = nearestName(name, PROCESS_ROLES);
    const hint = nearest === null ? `there are ${PROCESS_ROLES.join(', ')}` : `did you mean ${nearest}?`;
    throw new CodedError('COMMAND_MISUSED', { reason: `"${name}" is no role; ${hint}` });
  });
}
