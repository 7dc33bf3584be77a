import { containerGroups } from './container-groups.ts';
import type { FuzzGroup } from './group.ts';
import { PACKET_GROUPS } from './packet-groups.ts';
import { SESSION_GROUPS } from './session-groups.ts';
import { TEXT_GROUPS } from './text-groups.ts';

/** Every group that needs no files, by name. */
export const PARSER_GROUPS: readonly FuzzGroup[] = [...TEXT_GROUPS, ...PACKET_GROUPS, ...SESSION_GROUPS];

/** All groups; those of files come with small videos made now, which `close` removes. */
export async function allGroups(): Promise<{ groups: readonly FuzzGroup[]; close: () => void }> {
  const { groups, close } = await containerGroups();
  return { groups: [...PARSER_GROUPS, ...groups], close };
}
