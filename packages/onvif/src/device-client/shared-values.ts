import { SHARED_VALUES_MAX } from '../limits.ts';

/**
 * One object for all equal values. Recorders of one make answer alike, so what is remembered of thousands of
 * them is mostly the same few texts; beyond the limit a value is simply not shared.
 */
export function sharedValues<Value extends object>(): (value: Value) => Value {
  const known = new Map<string, Value>();
  return (value) => {
    const key = JSON.stringify(value);
    const shared = known.get(key);
    if (shared !== undefined) return shared;
    if (known.size < SHARED_VALUES_MAX) known.set(key, Object.freeze(value));
    return value;
  };
}
