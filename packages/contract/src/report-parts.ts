import { Type } from 'typebox';
import { Id, InstantMs } from './core/schemas.ts';

/** Pieces that the schemas of counts, reports and the audit trail share. */

/** What a report covers: a unit with everything below it, and a span of true time. */
export const Covering = {
  unit_id: Type.Optional(Id),
  from_ms: Type.Optional(InstantMs),
  to_ms: Type.Optional(InstantMs),
};

/**
 * The same, and under which map: without `as_of_ms` a count stands under the unit as it was when it was counted; with
 * it, under the units of that date. What was a split unit's goes with its camera.
 */
export const CoveringMap = { ...Covering, as_of_ms: Type.Optional(InstantMs) };

/** A figure of a report. */
export const Count = Type.Integer({ minimum: 0 });
