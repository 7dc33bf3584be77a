import type { UnitMap } from '@minhchung/domain';
import { type Move, type ReassignmentPart, reassignPart, type UndecidedThing } from '@minhchung/registry';
import { loadUnitMap } from '@minhchung/store';
import { Command } from 'commander';
import { withStore } from '../composition/open-store.ts';
import { type CommandContext, EXIT, printJson, printLines, settingsOf, wantsJson } from './context.ts';
import { table } from './table.ts';
import { dayOf, operator } from './unit-words.ts';

/** Undecided things told one by one on a screen; `--json` tells all. */
const UNDECIDED_LINES_MAX = 50;

const KINDS = { camera: 'camera', recorder: 'đầu ghi · recorder', scheme: 'mô hình · scheme' } as const;

const REASONS: Readonly<Record<UndecidedThing['reason'], string>> = {
  outside: 'nằm ngoài mọi ranh giới · in no boundary',
  border: 'sát ranh giới · too near to a border',
  overlap: 'ranh giới chồng nhau · boundaries overlap',
  several_successors: 'đơn vị cũ bị chia, chưa có ranh giới · unit was split, nothing drawn',
  no_successor: 'đơn vị cũ không có kế thừa · nothing follows its unit',
  cameras_in_several: 'camera nằm ở nhiều đơn vị · its cameras lie in several units',
  camera_undecided: 'có camera chưa xác định · one of its cameras is undecided',
  unknown_unit: 'không rõ đơn vị · unit unknown',
  other_administrator: 'thuộc quản trị khác · another administrator’s unit',
};

/** `minhchung unit reassign` */
export function reassignCommand(context: CommandContext): Command {
  return new Command('reassign')
    .description('move cameras, recorders and schemes to the units they lie in')
    .option('--preview', 'only say what would move')
    .option('--at <day>', 'by the map of that day; otherwise of today')
    .action(async (options: { readonly preview?: boolean; readonly at?: string }, command: Command) => {
      const as_json = wantsJson(command);
      const mode = options.preview === true ? 'preview' : 'apply';
      const { by } = operator();
      const at_ms = options.at === undefined ? by.now_ms : dayOf(options.at);
      const summary = new Summary();
      await withStore(settingsOf(command, context), async (store) => {
        const map = await loadUnitMap(store, at_ms);
        const reassign = reassignPart({ store });
        let cursor: string | null = null;
        do {
          context.signal.throwIfAborted();
          const part: ReassignmentPart = await reassign(by, { map, scope: null, mode, cursor });
          if (as_json) for (const line of jsonLines(part, map)) printJson(context, line);
          summary.add(part);
          cursor = part.next_cursor;
        } while (cursor !== null);
        if (!as_json) printLines(context, ...summary.lines(map, mode));
      });
      if (as_json) printJson(context, { mode, at_ms, ...summary.counts() });
      if (summary.undecided > 0) context.setExitCode(EXIT.no);
    });
}

/** What a person reads of a reassignment, whatever its size. */
class Summary {
  examined = 0;
  moved = 0;
  undecided = 0;
  readonly #moves = new Map<string, { readonly move: Move; count: number }>();
  readonly #told: UndecidedThing[] = [];

  add(part: ReassignmentPart): void {
    this.examined += part.examined;
    this.moved += part.moves.length;
    this.undecided += part.undecided.length;
    for (const move of part.moves) {
      const key = `${move.kind} ${move.from_unit_id} ${move.to_unit_id}`;
      const row = this.#moves.get(key) ?? { move, count: 0 };
      row.count += 1;
      this.#moves.set(key, row);
    }
    this.#told.push(...part.undecided.slice(0, UNDECIDED_LINES_MAX - this.#told.length));
  }

  counts() {
    return { examined: this.examined, moved: this.moved, undecided: this.undecided };
  }

  lines(map: UnitMap, mode: 'preview' | 'apply'): string[] {
    const rows = [...this.#moves.values()].map(({ move, count }) => [
      KINDS[move.kind],
      codeOf(map, move.from_unit_id),
      codeOf(map, move.to_unit_id),
      count,
    ]);
    const undecided = this.#told.map((one) => [
      KINDS[one.kind],
      one.code,
      codeOf(map, one.unit_id),
      REASONS[one.reason],
      one.candidate_unit_ids.map((id) => codeOf(map, id)).join(', '),
    ]);
    const more = this.undecided - this.#told.length;
    const done = mode === 'preview' ? 'sẽ chuyển · would move' : 'đã chuyển · moved';
    return [
      ...(rows.length > 0
        ? [...table(['loại · kind', 'từ · from', 'sang · to', 'số · number'], rows), '']
        : []),
      ...(undecided.length > 0
        ? [
            ...table(
              ['chưa xác định · undecided', 'mã · code', 'đang ở · at', 'vì · why', 'có thể · maybe'],
              undecided,
            ),
            '',
          ]
        : []),
      ...(more > 0 ? [`… và ${more} nữa (--json) · and ${more} more (--json)`, ''] : []),
      `${this.examined} đã xét · examined   ${this.moved} ${done}   ${this.undecided} chưa xác định · undecided`,
    ];
  }
}

function* jsonLines(part: ReassignmentPart, map: UnitMap) {
  for (const { kind, id, code, from_unit_id, to_unit_id, by } of part.moves) {
    yield { move: { kind, id, code, from: codeOf(map, from_unit_id), to: codeOf(map, to_unit_id), by } };
  }
  for (const { kind, id, code, unit_id, reason, candidate_unit_ids } of part.undecided) {
    const candidates = candidate_unit_ids.map((one) => codeOf(map, one));
    yield { undecided: { kind, id, code, unit: codeOf(map, unit_id), reason, candidates } };
  }
}

function codeOf(map: UnitMap, unit_id: string): string {
  return map.unit(unit_id)?.code ?? unit_id;
}
