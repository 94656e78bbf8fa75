import type { BusMessage, EventBus } from "./event-bus";
import type { Topic } from "./topics";

/** The store behind a topic: what is true, while the bus only hints. Items are ordered by `seq`, without gaps. */
export interface ReplaySource<Item extends { seq: number }> {
  /** Items after this seq, oldest first, at most `limit`. */
  readAfter(seq: number, limit: number): readonly Item[] | Promise<readonly Item[]>;
  /** Whether nothing more can come (the run is over). */
  isEnded(): boolean | Promise<boolean>;
}

export interface ReplayOptions<Item extends { seq: number }> {
  bus: EventBus;
  topic: Topic;
  /** Seq of the last item the follower has; 0 = none. */
  lastSeq: number;
  source: ReplaySource<Item>;
  signal: AbortSignal;
  /** Ticks wait this long for others. Default 200 ms: at most five batches a second. */
  tickMs?: number;
}

/** Items a store is asked for at once. */
const PAGE = 200;
/** A follower that is this far behind is served from the store again. */
const MAX_WAITING = 1_000;

/**
 * What is stored after `lastSeq`, then what is published: each item once, in order, in batches. It listens before it
 * reads, and fills every hole from the store, so nothing that is committed at any moment is lost or told twice.
 * Returns when the topic has ended or the signal aborts.
 */
export async function* replayThenTail<Item extends { seq: number }>(
  options: ReplayOptions<Item>,
): AsyncGenerator<readonly Item[], void> {
  const { bus, topic, source, signal, tickMs = 200 } = options;
  const inbox = createInbox<Item>(signal);
  const unsubscribe = bus.subscribe(topic, inbox.receive);
  let { lastSeq } = options;
  let flushedAt = Number.NEGATIVE_INFINITY;
  let isOver = false;
  try {
    while (!signal.aborted) {
      for (
        let page = await source.readAfter(lastSeq, PAGE);
        page.length > 0;
        page = await source.readAfter(lastSeq, PAGE)
      ) {
        lastSeq = page[page.length - 1]?.seq ?? lastSeq;
        yield page;
        if (signal.aborted) return;
      }
      if (isOver || (await source.isEnded())) {
        // what was committed between the last read and the end
        if (isOver) return;
        isOver = true;
        continue;
      }
      for (;;) {
        await inbox.untilSomething();
        if (!inbox.isUrgent()) await inbox.untilUrgent(flushedAt + tickMs - performance.now());
        if (signal.aborted) return;
        const { items, hasHole, hasEnded } = inbox.take(lastSeq);
        if (items.length > 0) {
          lastSeq = items[items.length - 1]?.seq ?? lastSeq;
          flushedAt = performance.now();
          yield items;
        }
        isOver = hasEnded;
        if (hasHole || hasEnded || signal.aborted) break;
      }
    }
  } finally {
    unsubscribe();
  }
}

interface Inbox<Item> {
  receive(message: BusMessage | "ended"): void;
  untilSomething(): Promise<void>;
  /** Waits at most this long, less when something urgent comes. */
  untilUrgent(ms: number): Promise<void>;
  isUrgent(): boolean;
  /** What follows `lastSeq` without a hole; `hasHole` when the store must be read to go on. */
  take(lastSeq: number): { items: Item[]; hasHole: boolean; hasEnded: boolean };
}

function createInbox<Item extends { seq: number }>(signal: AbortSignal): Inbox<Item> {
  let waiting: BusMessage[] = [];
  let hasOverflowed = false;
  let hasEnded = false;
  let wake: (() => void) | null = null;
  const rouse = (): void => wake?.();
  const isUrgent = (): boolean =>
    hasEnded || hasOverflowed || signal.aborted || waiting.some((message) => message.isUrgent);
  const until = (isMet: () => boolean, ms: number): Promise<void> =>
    new Promise((resolve) => {
      if (isMet()) return resolve();
      const timer = Number.isFinite(ms) ? setTimeout(() => done(), Math.max(0, ms)) : null;
      const done = (): void => {
        wake = null;
        if (timer) clearTimeout(timer);
        signal.removeEventListener("abort", rouse);
        resolve();
      };
      wake = () => isMet() && done();
      signal.addEventListener("abort", rouse);
    });

  return {
    receive(message) {
      if (message === "ended") hasEnded = true;
      else if (waiting.length < MAX_WAITING) waiting.push(message);
      else hasOverflowed = true;
      rouse();
    },
    untilSomething: () => until(() => waiting.length > 0 || isUrgent(), Number.POSITIVE_INFINITY),
    untilUrgent: (ms) => (ms > 0 ? until(isUrgent, ms) : Promise.resolve()),
    isUrgent,
    take(lastSeq) {
      const { items, hasHole } = contiguous<Item>(waiting, lastSeq);
      const taken = { items, hasHole: hasHole || hasOverflowed, hasEnded };
      waiting = [];
      hasOverflowed = false;
      hasEnded = false;
      return taken;
    },
  };
}

/** Items after `lastSeq` up to the first that is missing or came without its copy. */
function contiguous<Item extends { seq: number }>(
  messages: readonly BusMessage[],
  lastSeq: number,
): { items: Item[]; hasHole: boolean } {
  const items: Item[] = [];
  let next = lastSeq + 1;
  for (const { seq, item } of messages) {
    if (seq < next) continue;
    if (seq > next || item === undefined || item === null) return { items, hasHole: true };
    items.push(item as Item);
    next += 1;
  }
  return { items, hasHole: false };
}
