import {
  type Actor,
  type Bilingual,
  CodedError,
  type ExtractionRequest,
  type ItemReason,
  LIMITS,
  type Span,
  type TimeSource,
} from '@minhchung/domain';
import type { ItemRecord, Page, PageRequest, Repositories, Store } from '@minhchung/store';
import { nextStep } from './next-steps.ts';

/** An item that stopped and waits for a person. */
export interface StuckItem {
  readonly id: string;
  readonly request_id: string;
  readonly request_number: string;
  readonly unit_id: string;
  readonly camera_code: string;
  readonly camera_name: string;
  readonly wanted: Span;
  readonly reason: ItemReason | null;
  readonly next_step: Bilingual;
  readonly attempts: number;
  /** Since when it waits. */
  readonly since_ms: number;
  /** When its footage is expected to be overwritten; null: unknown. */
  readonly overwrite_at_ms: number | null;
}

interface StuckDeps {
  readonly store: Store;
  readonly time: TimeSource;
}

/** Items of these units' requests that stopped, newest first, each with what to do next. */
export function listStuckItems({ store }: Pick<StuckDeps, 'store'>) {
  return async (unit_ids: readonly string[], page: PageRequest): Promise<Page<StuckItem>> => {
    const found = await store.items.list({ unit_ids, states: ['failed'] }, page);
    const rows: StuckItem[] = [];
    for (const item of found.rows) rows.push(await describe(store, item));
    return { ...found, rows };
  };
}

async function describe(store: Store, item: ItemRecord): Promise<StuckItem> {
  const request = await store.requests.byId(item.request_id);
  const camera = await store.cameras.byId(item.camera_id);
  if (request === null || camera === null) throw new Error(`item ${item.id} hangs on nothing`);
  return {
    ...{ id: item.id, request_id: request.id, request_number: request.number, unit_id: request.unit_id },
    ...{ camera_code: camera.code, camera_name: camera.name, wanted: request.wanted },
    ...{ reason: item.reason, next_step: nextStep(item.reason?.code ?? null), attempts: item.attempts },
    ...{ since_ms: item.updated_at_ms, overwrite_at_ms: item.overwrite_at_ms },
  };
}

/** Who asks what of an item; `performed_by` is for the trail where it was no call of the API. */
export interface StuckAct {
  readonly actor: Pick<Actor, 'account_id' | 'person_id'>;
  readonly item: Pick<ItemRecord, 'id' | 'state' | 'reason' | 'attempts'>;
  readonly request: Pick<ExtractionRequest, 'id' | 'number' | 'unit_id'>;
  readonly performed_by?: 'command';
}

/** Queues an item that stopped again, with new attempts. Throws `STATE_CONFLICT` for one that did not stop. */
export function retryStuck({ store, time }: StuckDeps) {
  return async (act: StuckAct): Promise<void> =>
    store.transaction(async (tx) => {
      const at_ms = time.now_ms();
      if (!(await tx.items.tryAgain(act.item.id, at_ms))) throw conflict(act, 'item.retry');
      await append(tx, 'item.retry', act, at_ms, {
        attempts: act.item.attempts,
        reason: act.item.reason?.code ?? null,
      });
    });
}

/**
 * Ends an item that stopped, or waits for a source, as not obtained: counted as such, and the request is closed when
 * it was the last. Throws `TEXT_MISSING`, `TEXT_TOO_LONG`, `STATE_CONFLICT`.
 */
export function giveUpStuck({ store, time }: StuckDeps) {
  return async (act: StuckAct, text: string): Promise<void> => {
    const why = text.normalize('NFC').trim();
    if (why === '') throw new CodedError('TEXT_MISSING', { field: 'reason' });
    const max = LIMITS.line_max_chars;
    if (why.length > max) throw new CodedError('TEXT_TOO_LONG', { field: 'reason', length: why.length, max });
    const error = new CodedError('ITEM_GIVEN_UP', { reason: why });
    const reason: ItemReason = { code: error.code, text: error.texts };
    await store.transaction(async (tx) => {
      const at_ms = time.now_ms();
      // The request before its items, as whoever finishes an item takes them.
      await tx.requests.lock(act.request.id);
      const from = ['failed', 'waiting'];
      if (!(await tx.items.setState(act.item.id, from, 'not_obtained', { reason, at_ms }))) {
        throw conflict(act, 'item.give_up');
      }
      await append(tx, 'item.give_up', act, at_ms, { reason: act.item.reason?.code ?? null, why });
      if (await tx.requests.closeIfDone(act.request.id)) {
        await append(tx, 'request.close', act, at_ms, {}, { kind: 'request', id: act.request.id });
      }
    });
  };
}

function conflict({ item }: StuckAct, event: string): CodedError {
  return new CodedError('STATE_CONFLICT', { event, state: item.state });
}

async function append(
  tx: Repositories,
  name: string,
  { actor, item, request, performed_by }: StuckAct,
  at_ms: number,
  details: Readonly<Record<string, string | number | null>>,
  subject: { readonly kind: string; readonly id: string } = { kind: 'item', id: item.id },
): Promise<void> {
  await tx.audit.append({
    ...{ at_ms, act: name, account_id: actor.account_id, person_id: actor.person_id },
    ...{ unit_id: request.unit_id, subject_kind: subject.kind, subject_id: subject.id, outcome: 'ok' },
    details: { request: request.number, ...details, ...(performed_by && { performed_by }) },
  });
}
