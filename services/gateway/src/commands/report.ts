import { Command } from 'commander';
import type { CommandContext } from './context.ts';
import { countsCommand, requestsCommand, unitCountsCommand } from './report-counts.ts';
import { networkCommand } from './report-network.ts';
import { yearCommand } from './report-year.ts';

const EXAMPLES = `
Counts are shown side by side, never one alone: requests, and items requested, approved and delivered.

Examples:
  $ minhchung report requests                       requests and items per case
  $ minhchung report counts --unit HAC-THANH --from '01/01/2026 00:00' --to '01/01/2027 00:00'
  $ minhchung report units --as-of 2025-07-01       old units' counts under the units they became
  $ minhchung report network --json
  $ minhchung report year 2026                      the sentence of the yearly report
  $ minhchung report year 2025 --as-of 2025-07-01   the same under the new map, unit by unit
`;

/** `minhchung report requests|counts|units|network|year` */
export function reportCommand(context: CommandContext): Command {
  return new Command('report')
    .description('count requests and items, and the states of cameras')
    .addHelpText('after', EXAMPLES)
    .addCommand(requestsCommand(context))
    .addCommand(countsCommand(context))
    .addCommand(unitCountsCommand(context))
    .addCommand(networkCommand(context))
    .addCommand(yearCommand(context));
}
