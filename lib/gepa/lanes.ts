import type { Ledger, Wallet } from "./budget";
import type { DecisionBody, Journal } from "./journal";

/** Makes a decision event; it is told the metric calls as they stand when the event is emitted. */
export type DecisionMaker = (metricCalls: number) => DecisionBody;

/** Where a lane reports its decisions while it works. */
export type Report = (make: DecisionMaker) => void;

/** One proposal in flight. */
export interface Lane<Result> {
  wallet: Wallet;
  /**
   * Waits for the lane and journals its decisions: what it reported already at once, the rest as it comes. Called for
   * the oldest lane only, so the journal has the order of the proposals whatever lane was faster (SPEC LA2).
   */
  follow(journal: Journal, ledger: Ledger): Promise<Result>;
}

export function openLane<Result>(wallet: Wallet, work: (report: Report) => Promise<Result>): Lane<Result> {
  const waiting: { make: DecisionMaker; spent: readonly string[] }[] = [];
  let sink: ((entry: (typeof waiting)[number]) => void) | null = null;
  const result = work((make) => {
    const entry = { make, spent: [...wallet.callKeys()] };
    if (sink) sink(entry);
    else waiting.push(entry);
  });
  // A lane that fails before it is followed must not count as unhandled; `follow` meets the error again.
  result.catch(() => {});
  return {
    wallet,
    follow(journal, ledger) {
      sink = ({ make, spent }) => journal.decide(make(ledger.usedWith(spent)));
      for (const entry of waiting.splice(0)) sink(entry);
      return result;
    },
  };
}
