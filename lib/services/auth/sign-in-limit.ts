/** Counts tries an account, whatever address they come from: an address is easy to forge, an account is not. */
export interface SignInLimit {
  /** Counts a try; null = go on, else how many milliseconds to wait. */
  take(account: string, nowMs: number): number | null;
  /** The person got in: earlier tries no longer count. */
  clear(account: string): void;
}

const TRIES = 5;
const WINDOW_MS = 60_000;
/** Accounts remembered at once; the oldest are forgotten first, so that made-up names cannot fill the memory. */
const MAX_ACCOUNTS = 10_000;

export function createSignInLimit(): SignInLimit {
  const tries = new Map<string, number[]>();
  return {
    take(account, nowMs) {
      const name = account.trim().toLowerCase();
      const recent = (tries.get(name) ?? []).filter((at) => at > nowMs - WINDOW_MS);
      if (recent.length >= TRIES) return (recent[0] as number) + WINDOW_MS - nowMs;
      tries.delete(name);
      tries.set(name, [...recent, nowMs]);
      const [oldest] = tries.keys();
      if (tries.size > MAX_ACCOUNTS && oldest !== undefined) tries.delete(oldest);
      return null;
    },
    clear: (account) => void tries.delete(account.trim().toLowerCase()),
  };
}
