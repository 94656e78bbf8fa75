import type { EventBus } from "./event-bus";
import type { Topic } from "./topics";

interface WatchOptions<State> {
  bus: EventBus;
  topic: Topic;
  /** The state as it is stored now; null = it is gone. */
  read(): State | null;
  isFinal(state: State): boolean;
  signal: AbortSignal;
  /** States in between are skipped: at most one per this time. Default 200 ms. */
  tickMs?: number;
}

/**
 * The state of something that has only a latest state (a job's row), and each later one. States in between may be
 * skipped, the last never is. Returns after a final state, when the thing is gone, or when the signal aborts.
 */
export async function* watchLatest<State>({
  bus,
  topic,
  read,
  isFinal,
  signal,
  tickMs = 200,
}: WatchOptions<State>): AsyncGenerator<State, void> {
  let hasNews = false;
  let rouse: () => void = () => {};
  const stop = bus.subscribe(topic, () => {
    hasNews = true;
    rouse();
  });
  const until = (isMet: () => boolean, ms?: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = ms === undefined ? null : setTimeout(() => done(), ms);
      const check = (): void => void ((signal.aborted || isMet()) && done());
      const done = (): void => {
        if (timer) clearTimeout(timer);
        signal.removeEventListener("abort", check);
        resolve();
      };
      rouse = check;
      signal.addEventListener("abort", check);
      check();
    });
  try {
    while (!signal.aborted) {
      hasNews = false;
      const state = read();
      if (state === null) return;
      yield state;
      if (isFinal(state)) return;
      await until(() => false, tickMs);
      await until(() => hasNews);
    }
  } finally {
    stop();
  }
}
