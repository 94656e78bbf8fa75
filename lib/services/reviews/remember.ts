import "server-only";

const DEFAULT_LIMIT = 64;

/**
 * Remembers the last results of a costly reading of one store by a key that changes whenever the result could. A page
 * that polls every second must not read ten thousand records each time.
 */
export function createMemory<Value>(
  limit = DEFAULT_LIMIT,
): (store: object, key: string, read: () => Value) => Value {
  const stores = new WeakMap<object, Map<string, Value>>();
  return (store, key, read) => {
    const known = stores.get(store) ?? new Map<string, Value>();
    stores.set(store, known);
    const remembered = known.get(key);
    if (remembered !== undefined) return remembered;
    const value = read();
    known.set(key, value);
    const [oldest] = known.keys();
    if (known.size > limit && oldest !== undefined) known.delete(oldest);
    return value;
  };
}
