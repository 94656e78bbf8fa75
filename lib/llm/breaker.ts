/** Stops asking an endpoint that has been dead for a while, so that a job fails fast instead of call by call. */
export interface Breaker {
  /** Milliseconds until a call may be tried again; 0 = go ahead. Going ahead while half open takes the one trial. */
  admit(now: number): number;
  onReply(): void;
  /** An attempt without an answer (no connection, time limit, 5xx). */
  onFailure(now: number): void;
  /** An attempt that says nothing about the endpoint's health (abort, 4xx): gives a taken trial back. */
  onNeutral(): void;
  isOpen(now: number): boolean;
}

export interface BreakerOptions {
  /** Failed attempts in a row before it opens. */
  failures: number;
  /** … and they must span at least this long: a short hiccup is what retries are for. */
  spanMs: number;
  /** How long it stays open before one call may try. */
  openMs: number;
}

export const DEFAULT_BREAKER: BreakerOptions = { failures: 10, spanMs: 10_000, openMs: 15_000 };

export function createBreaker(options: BreakerOptions = DEFAULT_BREAKER): Breaker {
  let failures = 0;
  let firstFailureAt = 0;
  let openUntil: number | null = null;
  let isTrialRunning = false;

  const close = (): void => {
    failures = 0;
    openUntil = null;
    isTrialRunning = false;
  };

  return {
    admit: (now) => {
      if (openUntil === null) return 0;
      if (now < openUntil) return openUntil - now;
      if (isTrialRunning) return options.openMs;
      isTrialRunning = true;
      return 0;
    },
    onReply: close,
    onFailure: (now) => {
      if (failures === 0) firstFailureAt = now;
      failures += 1;
      const isLasting = failures >= options.failures && now - firstFailureAt >= options.spanMs;
      if (isLasting || isTrialRunning) openUntil = now + options.openMs;
      isTrialRunning = false;
    },
    onNeutral: () => {
      isTrialRunning = false;
    },
    isOpen: (now) => openUntil !== null && now < openUntil,
  };
}
