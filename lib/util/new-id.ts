import { createId, MAX_ID_SEQUENCE, type PrefixedId } from "./ids";

let lastMs = 0;
let sequence = 0;

/**
 * A new id by the machine's clock and its secure random source. Within a process ids sort in the order they were
 * made, also inside one millisecond and when the clock steps back. For services; the cores take `createId`.
 */
export function newId<Prefix extends string>(prefix: Prefix): PrefixedId<Prefix> {
  const now = Date.now();
  if (now > lastMs) {
    lastMs = now;
    sequence = 0;
  } else if (sequence < MAX_ID_SEQUENCE) {
    sequence += 1;
  } else {
    lastMs += 1;
    sequence = 0;
  }
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let used = 0;
  return createId(prefix, lastMs, () => (bytes[used++] as number) / 256, sequence);
}
