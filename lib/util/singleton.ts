/**
 * One value a process, made on first use and kept on `globalThis`: Next loads a module twice (instrumentation
 * and route handlers get different copies), so a module-level variable is not shared between them.
 * When `create` throws nothing is kept, and the next call tries again.
 */
export function singleton<Value>(name: string, create: () => Value): Value {
  const key = Symbol.for(`touchstone.${name}`);
  const store = globalThis as unknown as Record<symbol, { value: Value } | undefined>;
  const kept = store[key] ?? { value: create() };
  store[key] = kept;
  return kept.value;
}
