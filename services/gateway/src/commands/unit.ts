import { Command } from 'commander';
import type { CommandContext } from './context.ts';
import { addUnitCommand, changeUnitCommand } from './unit-add.ts';
import { endUnitsCommand } from './unit-end.ts';
import { boundaryCommand, importUnitsCommand } from './unit-import.ts';
import { listUnitsCommand } from './unit-list.ts';
import { reassignCommand } from './unit-reassign.ts';

const EXAMPLES = `
Days are days in Vietnam, 2025-07-01 or 01/07/2025. A unit exists from the beginning of its first day to the beginning
of the day it ends on.

Examples:
  $ minhchung unit add --code TH --name 'Thanh Hoá' --level province
  $ minhchung unit add --code HAC-THANH --name 'Phường Hạc Thành' --level ward --parent TH
  $ minhchung unit import phuong-2025.geojson --parent TH --preview
  $ minhchung unit end DONG-VE DONG-SON --at 2025-07-01 --into HAC-THANH
  $ minhchung unit reassign --preview
`;

/** `minhchung unit list|add|change|end|boundary|import|reassign` */
export function unitCommand(context: CommandContext): Command {
  return new Command('unit')
    .description('provinces and wards: validity, succession, boundaries')
    .addHelpText('after', EXAMPLES)
    .addCommand(listUnitsCommand(context))
    .addCommand(addUnitCommand(context))
    .addCommand(changeUnitCommand(context))
    .addCommand(endUnitsCommand(context))
    .addCommand(boundaryCommand(context))
    .addCommand(importUnitsCommand(context))
    .addCommand(reassignCommand(context));
}
