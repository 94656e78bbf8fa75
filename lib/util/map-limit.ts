/**
 * Runs `fn` over `items` with at most `limit` at once and resolves to the results in the order of the items.
 * After the first rejection, or when `signal` aborts, nothing new is started; what is in flight is waited for
 * (so nothing runs on behind the caller's back), then the promise rejects with that error or the signal's reason.
 * `fn` should watch the same signal. Throws `RangeError` unless `limit` is an integer ≥ 1.
 */
export async function mapLimit<Item, Result>(
  items: readonly Item[],
  limit: number,
  fn: (item: Item, index: number) => Promise<Result>,
  signal?: AbortSignal,
): Promise<Result[]> {
  if (!Number.isInteger(limit) || limit < 1)
    throw new RangeError(`mapLimit: limit ${limit} is no integer above 0`);
  const results = new Array<Result>(items.length);
  let failure: { error: unknown } | undefined;
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < items.length && !failure && !signal?.aborted) {
      const index = next++;
      try {
        results[index] = await fn(items[index] as Item, index);
      } catch (error) {
        failure ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work));
  signal?.throwIfAborted();
  if (failure) throw failure.error;
  return results;
}
