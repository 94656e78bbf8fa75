/** Time that a run is at work: neither its pauses nor the server's being down count. */
export interface RunClock {
  /** Milliseconds at work, over all times the run was taken up. */
  activeMs(): number;
  /** A pause begins: nothing new is started. */
  stop(): void;
  go(): void;
}

/** @param events the run's journal so far, in order; time from earlier in its life is read off it */
export function createRunClock(
  events: readonly { at: number; body: { type: string } }[],
  now: () => number,
): RunClock {
  let total = activeMsOf(events);
  let since: number | null = now();
  return {
    activeMs: () => total + (since === null ? 0 : now() - since),
    stop: () => {
      if (since !== null) total += now() - since;
      since = null;
    },
    go: () => {
      since ??= now();
    },
  };
}

/** Gaps between events, without those that a pause or a stop of the server made. */
function activeMsOf(events: readonly { at: number; body: { type: string } }[]): number {
  let total = 0;
  let isStopped = true;
  let last = 0;
  for (const { at, body } of events) {
    if (!isStopped && body.type !== "resumed") total += at - last;
    isStopped = body.type === "paused" || body.type === "run-failed";
    last = at;
  }
  return total;
}
