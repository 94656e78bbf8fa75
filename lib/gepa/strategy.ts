import type { SearchState } from "./state";

/** One way to search. `optimize` drives it; each call gets the state after the last one and returns the next. */
export interface Strategy {
  /** Scores the seed candidate. Sets `stop` when no search is possible. */
  admitSeed(state: SearchState): Promise<SearchState>;
  /** One turn of the loop. Sets `stop` when there is a reason to end. */
  step(state: SearchState): Promise<SearchState>;
  /** Lands what is in flight and spends what was kept for the final choice. */
  finish(state: SearchState): Promise<SearchState>;
}
