/** Counts tries by name, whatever the name stands for: an account, an address. */
export interface TryLimit {
  /** Counts a try; null = go on, else how many milliseconds to wait. */
  take(name: string, nowMs: number): number | null;
  /** The person got in: earlier tries no longer count. */
  clear(name: string): void;
}

const WINDOW_MS = 60_000;
/** Names remembered at once; the oldest are forgotten first, so that made-up ones cannot fill the memory. */
const MAX_NAMES = 10_000;

/** Of one account, whatever address the tries come from. */
export const TRIES_AN_ACCOUNT = 5;
/** Of one address, whatever the accounts: a whole office may share one, a list of passwords is far longer. */
export const TRIES_AN_ADDRESS = 30;

/** @param tries how many in one minute */
export function createTryLimit(tries: number): TryLimit {
  const known = new Map<string, number[]>();
  return {
    take(given, nowMs) {
      const name = given.trim().toLowerCase();
      const recent = (known.get(name) ?? []).filter((at) => at > nowMs - WINDOW_MS);
      if (recent.length >= tries) return (recent[0] as number) + WINDOW_MS - nowMs;
      known.delete(name);
      known.set(name, [...recent, nowMs]);
      const [oldest] = known.keys();
      if (known.size > MAX_NAMES && oldest !== undefined) known.delete(oldest);
      return null;
    },
    clear: (name) => void known.delete(name.trim().toLowerCase()),
  };
}

export interface SignInLimits {
  account: TryLimit;
  address: TryLimit;
}

export function createSignInLimits(): SignInLimits {
  return { account: createTryLimit(TRIES_AN_ACCOUNT), address: createTryLimit(TRIES_AN_ADDRESS) };
}
