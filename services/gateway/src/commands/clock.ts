import { once } from 'node:events';
import {
  CodedError,
  driftBound_ppm,
  driftRate,
  formatVietnam,
  narrow,
  offsetSurelyAt,
  offsetText,
  parseVietnam,
  readingOfSight,
} from '@minhchung/domain';
import { networkRules } from '@minhchung/settings';
import type { Store } from '@minhchung/store';
import { Command } from 'commander';
import { hostClockState } from '../composition/host-clock.ts';
import { withStore } from '../composition/open-store.ts';
import { SYSTEM_TIME } from '../composition/system-time.ts';
import { type CommandContext, printJson, printLines, settingsOf, wantsJson } from './context.ts';
import { table } from './table.ts';

interface ClockOptions {
  readonly recorder: string;
  readonly at?: string;
  readonly shown?: string;
}

/** `minhchung clock history|offset|read` */
export function clockCommand(context: CommandContext): Command {
  return new Command('clock')
    .description('what is known of a recorder’s clock, and reading it by eye')
    .addCommand(historyCommand(context))
    .addCommand(offsetCommand(context))
    .addCommand(readCommand(context));
}

function historyCommand(context: CommandContext): Command {
  return new Command('history')
    .description('every stretch of readings of a clock, and how fast it drifts')
    .requiredOption('--recorder <code>', 'the recorder')
    .action(async (options: ClockOptions, command: Command) => {
      const history = await withStore(settingsOf(command, context), async (store) =>
        store.clockOffsets.historyOf(await clockOf(store, options.recorder)),
      );
      const rate = driftRate(history);
      if (wantsJson(command)) return printJson(context, { history, rate });
      const header = ['từ · from', 'đến · to', 'kiểu · as', 'lệch · offset', '± ms', 'cách đọc · method'];
      const rows = history.map(({ first_reading_ms, last_reading_ms, began_as, min_ms, max_ms, method }) => [
        formatVietnam(first_reading_ms),
        formatVietnam(last_reading_ms),
        began_as,
        offsetText((min_ms + max_ms) / 2).vi,
        Math.ceil((max_ms - min_ms) / 2),
        method,
      ]);
      printLines(context, ...table(header, rows));
      if (rate !== null) {
        const [min, max] = [rate.min_ppm.toFixed(1), rate.max_ppm.toFixed(1)];
        printLines(context, `Tốc độ trôi · drift: ${min} … ${max} ppm`);
      }
    });
}

function offsetCommand(context: CommandContext): Command {
  return new Command('offset')
    .description('which offset held at a time')
    .requiredOption('--recorder <code>', 'the recorder')
    .option('--at <time>', "as written in Vietnam, e.g. '22/11/2026 15:04:05'; otherwise now")
    .action(async (options: ClockOptions, command: Command) => {
      const settings = settingsOf(command, context);
      const at_ms = options.at === undefined ? SYSTEM_TIME.now_ms() : parseVietnam(options.at);
      const history = await withStore(settings, async (store) =>
        store.clockOffsets.historyOf(await clockOf(store, options.recorder)),
      );
      const span = { start_ms: at_ms, end_ms: at_ms + 1 };
      const known = offsetSurelyAt(history, span, settings.poller.clock.drift_max_ppm);
      if (wantsJson(command)) return printJson(context, known);
      if (known.kind === 'unknown') return printLines(context, 'Chưa đo lần nào · never measured');
      for (const { min_ms, max_ms, basis, measured_at_ms } of known.pieces) {
        const middle = offsetText((min_ms + max_ms) / 2);
        const bound = Math.ceil((max_ms - min_ms) / 2);
        const measured = `${basis}, ${formatVietnam(measured_at_ms)}`;
        printLines(context, `${middle.vi} · ${middle.en} ± ${bound} ms (${measured})`);
      }
    });
}

function readCommand(context: CommandContext): Command {
  return new Command('read')
    .description('read a clock by eye: press Enter at the moment the device’s screen shows the given time')
    .requiredOption('--recorder <code>', 'the recorder')
    .requiredOption('--shown <time>', "what it will show, a little ahead, e.g. '22/11/2026 15:04:05'")
    .action(async (options: ClockOptions, command: Command) => {
      const settings = settingsOf(command, context);
      const shown_ms = parseVietnam(options.shown ?? '');
      const host = await hostClockState(settings);
      if (!host.synchronised) throw new CodedError('HOST_CLOCK_NOT_SYNCHRONISED', {});
      context.stderr.write(
        'Nhấn Enter đúng lúc màn hình hiện giờ đó · Press Enter when the screen shows that time\n',
      );
      await once(context.stdin, 'data', { signal: context.signal });
      const seen_ms = SYSTEM_TIME.now_ms();
      context.stdin.pause();
      const { sight } = networkRules(settings);
      const at_once = { issued_at_ms: seen_ms, round_trip_ms: 0, elapsed_ms: 0, entered_at_ms: seen_ms };
      const reading = readingOfSight({ shown_ms, ...at_once }, sight);
      const result = await withStore(settings, (store) =>
        store.transaction(async (tx) => {
          const recorder = await tx.recorders.byCode(options.recorder);
          if (recorder === null)
            throw new CodedError('NOT_FOUND', { what: 'recorder', id: options.recorder });
          const { clock_id, unit_id } = recorder;
          const history = await tx.clockOffsets.historyOf(clock_id);
          const narrowing = narrow(history.at(-1) ?? null, reading, {
            drift_ppm: driftBound_ppm(history, settings.poller.clock.drift_max_ppm),
            host_bound_ms: host.bound_ms,
            host_synchronised: true,
          });
          if (narrowing.kind === 'unchanged') throw new CodedError('CLOCK_READING_OUT_OF_ORDER', {});
          await tx.clockOffsets.save(clock_id, narrowing.estimate);
          await tx.audit.append({
            ...{ at_ms: seen_ms, act: 'clock.read_by_eye', account_id: null, person_id: null, unit_id },
            ...{ subject_kind: 'clock', subject_id: clock_id, outcome: 'ok', details: { shown_ms } },
          });
          return narrowing;
        }),
      );
      if (wantsJson(command)) return printJson(context, result);
      const { min_ms, max_ms } = result.estimate;
      const middle = offsetText((min_ms + max_ms) / 2);
      printLines(
        context,
        `${middle.vi} · ${middle.en} ± ${Math.ceil((max_ms - min_ms) / 2)} ms (${result.kind})`,
      );
    });
}

async function clockOf(store: Store, recorder_code: string): Promise<string> {
  const recorder = await store.recorders.byCode(recorder_code);
  if (recorder === null) throw new CodedError('NOT_FOUND', { what: 'recorder', id: recorder_code });
  return recorder.clock_id;
}
