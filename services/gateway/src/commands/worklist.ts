import { FINDING_KINDS, type FindingKind, formatVietnam, LIMITS, wordsOf } from '@minhchung/domain';
import { Command, Option } from 'commander';
import { withStore } from '../composition/open-store.ts';
import { SYSTEM_TIME } from '../composition/system-time.ts';
import type { Language } from '../reports/network-text.ts';
import { unitIdsOf } from '../reports/scope.ts';
import { type CommandContext, printJson, printLines, settingsOf, wantsJson } from './context.ts';
import { table } from './table.ts';

interface WorklistOptions {
  readonly unit?: string;
  readonly kind?: FindingKind;
  readonly all?: boolean;
  readonly language: Language;
}

/** `minhchung worklist` */
export function worklistCommand(context: CommandContext): Command {
  return new Command('worklist')
    .description(
      'troubles that need a technician, the oldest first: what is wrong, since when, what to do next',
    )
    .option('--unit <code>', 'one unit with all below it; otherwise every unit')
    .addOption(new Option('--kind <kind>', 'one kind only').choices([...FINDING_KINDS]))
    .option('--all', 'also what was put off')
    .addOption(new Option('--language <language>', 'of the text').choices(['vi', 'en']).default('vi'))
    .action(async (options: WorklistOptions, command: Command) => {
      const now_ms = SYSTEM_TIME.now_ms();
      const { rows, next, recorders } = await withStore(settingsOf(command, context), async (store) => {
        const filter = {
          unit_ids: await unitIdsOf(store, options.unit),
          ...(options.kind === undefined ? {} : { kind: options.kind }),
          ...(options.all === true ? {} : { awake_at_ms: now_ms }),
        };
        const found = await store.findings.list(filter, { limit: LIMITS.page_size_max, after: null });
        const names = new Map<string, string>();
        for (const { recorder_id } of found.rows) {
          if (!names.has(recorder_id))
            names.set(recorder_id, (await store.recorders.byId(recorder_id))?.code ?? '');
        }
        return { ...found, recorders: names };
      });
      const shown = rows.map((finding) => ({
        ...finding,
        ...wordsOf(finding),
        recorder_code: recorders.get(finding.recorder_id) ?? '',
      }));
      if (wantsJson(command)) return printJson(context, { findings: shown, has_more: next !== null });
      const { language } = options;
      const say = (vi: string, en: string) => (language === 'vi' ? vi : en);
      if (shown.length === 0) return printLines(context, say('Không có việc nào.', 'Nothing to do.'));
      for (const { what, next: step, recorder_code, since_ms } of shown) {
        const head = `${recorder_code} · ${what[language]} · ${say('từ', 'since')} ${formatVietnam(since_ms)}`;
        printLines(context, head, `    → ${step[language]}`);
      }
      if (next !== null) printLines(context, say('… và còn nữa.', '… and more.'));
      printLines(context, '', ...table([say('việc', 'entries'), ''], [[say('tổng', 'shown'), shown.length]]));
    });
}
