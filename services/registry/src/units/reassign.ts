import { CodedError } from '@minhchung/domain';
import type { PlacedKind, Repositories } from '@minhchung/store';
import { type Assigned, assignPage, KINDS, type Reassigning } from './assign-page.ts';
import { MOVES_TOLD_MAX } from './limits.ts';
import { type UnitDeps, type UnitEditor, unitEvent } from './unit-act.ts';

export interface Move {
  readonly kind: PlacedKind;
  readonly id: string;
  readonly code: string;
  readonly from_unit_id: string;
  readonly to_unit_id: string;
  readonly by: 'position' | 'succession' | 'cameras';
}

/** Something a person has to place. */
export interface UndecidedThing {
  readonly kind: PlacedKind;
  readonly id: string;
  readonly code: string;
  readonly unit_id: string;
  readonly reason: Extract<Assigned['assignment'], { kind: 'undecided' }>['reason'];
  readonly candidate_unit_ids: readonly string[];
}

/** What one part of a reassignment came to. */
export interface ReassignmentPart {
  readonly examined: number;
  readonly moves: readonly Move[];
  readonly undecided: readonly UndecidedThing[];
  /** Give it as `cursor` to go on; null: everything has been looked at. */
  readonly next_cursor: string | null;
}

/**
 * Looks at the next few cameras, recorders or schemes, and moves those that belong to another unit of the map; a
 * preview only says so. Each part is one transaction: moves, the history of each thing, one audit event. Parts are
 * a few hundred things, so memory does not grow with the register. Things somebody moved meanwhile are left alone;
 * repeating it moves nothing twice. Throws `PAGE_INVALID` for a cursor that is none.
 */
export function reassignPart(deps: Pick<UnitDeps, 'store'>) {
  return async (
    by: UnitEditor,
    input: Reassigning & { readonly mode: 'preview' | 'apply'; readonly cursor: string | null },
  ): Promise<ReassignmentPart> => {
    const { kind, after } = placeOf(input.cursor);
    const page = await assignPage(deps.store, input, kind, after);
    const wanted = page.assigned.flatMap(moveOf);
    const moves = input.mode === 'apply' && wanted.length > 0 ? await apply(deps, by, kind, wanted) : wanted;
    const next_kind = page.next === null ? KINDS[KINDS.indexOf(kind) + 1] : kind;
    return {
      examined: page.assigned.length,
      moves,
      undecided: page.assigned.flatMap(undecidedOf),
      next_cursor: next_kind === undefined ? null : `${next_kind}.${page.next ?? ''}`,
    };
  };
}

function apply(
  deps: Pick<UnitDeps, 'store'>,
  by: UnitEditor,
  kind: PlacedKind,
  wanted: readonly Move[],
): Promise<Move[]> {
  return deps.store.transaction(async (tx) => {
    const moved: Move[] = [];
    const told: string[] = [];
    const groups = Map.groupBy(wanted, (move) => `${move.from_unit_id}→${move.to_unit_id}`);
    for (const [name, moves] of groups) {
      const done = await moveTogether(tx, by, kind, moves);
      moved.push(...done);
      if (done.length > 0 && told.length < MOVES_TOLD_MAX) told.push(`${name} ${done.length}`);
    }
    if (moved.length > 0) {
      const details = { kind, moved: moved.length, moves: told };
      await tx.audit.append(unitEvent(by, 'unit.reassign', null, details));
    }
    return moved;
  });
}

/** Moves things that leave one unit for one other, and writes the history of each. */
async function moveTogether(
  tx: Repositories,
  by: UnitEditor,
  kind: PlacedKind,
  moves: readonly Move[],
): Promise<Move[]> {
  const { from_unit_id, to_unit_id } = moves[0]!;
  const ids = moves.map((move) => move.id);
  const moved = new Set(await tx.placements.move(kind, ids, from_unit_id, to_unit_id));
  const change = { at_ms: by.now_ms, actor: by.actor, act: `${kind}.reassign`, subject_kind: kind } as const;
  const units = { before: { unit_id: from_unit_id }, after: { unit_id: to_unit_id } };
  await tx.changes.appendMany(
    [...moved].map((id) => ({ ...change, ...units, subject_id: id, unit_id: to_unit_id })),
  );
  return moves.filter((move) => moved.has(move.id));
}

function moveOf({ kind, thing, assignment }: Assigned): Move[] {
  if (assignment.kind !== 'moves') return [];
  const { id, code, unit_id: from_unit_id } = thing;
  return [{ kind, id, code, from_unit_id, to_unit_id: assignment.to_unit_id, by: assignment.by }];
}

function undecidedOf({ kind, thing, assignment }: Assigned): UndecidedThing[] {
  if (assignment.kind !== 'undecided') return [];
  const { id, code, unit_id } = thing;
  const { reason, candidate_unit_ids } = assignment;
  return [{ kind, id, code, unit_id, reason, candidate_unit_ids }];
}

/** `camera.` and the store's cursor within the kind. */
function placeOf(cursor: string | null): { readonly kind: PlacedKind; readonly after: string | null } {
  if (cursor === null) return { kind: KINDS[0]!, after: null };
  const [name, after = ''] = cursor.split('.');
  const kind = KINDS.find((one) => one === name);
  if (kind === undefined) throw new CodedError('PAGE_INVALID', { reason: 'cursor' });
  return { kind, after: after === '' ? null : after };
}
