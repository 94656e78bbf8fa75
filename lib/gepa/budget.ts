/**
 * The metric calls of a run. A proposal is granted its worst case before it starts and gives back what it did not
 * use when it is decided, so `used` never exceeds `max` (SPEC BU1). Touched in decision order only.
 */
export interface Ledger {
  readonly max: number;
  /** Raises `max`; a lower number changes nothing (SPEC BU6). */
  raise(max: number): void;
  /** Calls of settled work. */
  used(): number;
  /** Calls granted to work in flight. */
  reserved(): number;
  /** Calls that nobody has been granted yet. */
  available(): number;
  /** `used` as it would be if these calls were settled too. */
  usedWith(callKeys: readonly string[]): number;
  grant(calls: number): Wallet;
  /** Counts what the wallet paid for (each distinct call once) and releases the rest. */
  settle(wallet: Wallet): void;
}

/** What one piece of work may spend. Calls are named, so that two lanes that need the same rollout pay for it once. */
export interface Wallet {
  readonly granted: number;
  left(): number;
  charge(callKey: string): void;
  callKeys(): readonly string[];
}

/** `isHard: false` is the reference's habit of checking between iterations only (SPEC BU4). */
export function createLedger(initialMax: number, isHard = true): Ledger {
  let max = initialMax;
  const paid = new Set<string>();
  let reserved = 0;
  const fresh = (callKeys: readonly string[]): number => callKeys.filter((key) => !paid.has(key)).length;
  return {
    get max() {
      return max;
    },
    raise(to) {
      max = Math.max(max, to);
    },
    used: () => paid.size,
    reserved: () => reserved,
    available: () => max - paid.size - reserved,
    usedWith: (callKeys) => paid.size + fresh(callKeys),
    grant(calls) {
      if (isHard && calls > max - paid.size - reserved)
        throw new Error(`granted ${calls} calls beyond the budget`);
      const wallet = createWallet(calls);
      reserved += calls;
      return wallet;
    },
    settle(wallet) {
      reserved -= wallet.granted;
      for (const key of wallet.callKeys()) paid.add(key);
    },
  };
}

function createWallet(granted: number): Wallet {
  const keys: string[] = [];
  return {
    granted,
    left: () => granted - keys.length,
    charge(callKey) {
      if (keys.length >= granted) throw new Error(`charged more than the ${granted} calls granted`);
      keys.push(callKey);
    },
    callKeys: () => keys,
  };
}
