import { checkInput } from "./check-input";
import type { OptimizeInput } from "./options";
import type { EngineDeps } from "./ports";
import { noteSearchEnd, noteSearchStart, type OptimizeResult, summarize } from "./result";
import { createRun, type Draw } from "./run-context";
import { initialState } from "./state";
import { createFrugalStrategy } from "./strategies/frugal";
import { createReferenceStrategy } from "./strategies/reference";

/**
 * Searches for a better candidate by reflection on graded rollouts, inside a hard budget of metric calls.
 * Pure: equal input and equal answers of the ports give equal decision events, at any concurrency and latency.
 * Throws `GepaInputError` before anything is spent; rejects with the signal's reason when aborted, without a
 * `run-ended` event, so that a replay can go on from there. Every other end is a stop reason.
 */
export async function optimize(input: OptimizeInput, deps: EngineDeps): Promise<OptimizeResult> {
  return optimizeWithDraws(input, deps);
}

/** `optimize` with another source of chance; for conformance tests that replay a tape of draws. */
export async function optimizeWithDraws(
  input: OptimizeInput,
  deps: EngineDeps,
  draw?: Draw,
): Promise<OptimizeResult> {
  checkInput(input);
  deps.signal.throwIfAborted();
  const inner = new AbortController();
  const run = createRun(input, deps, AbortSignal.any([deps.signal, inner.signal]), draw);
  const strategy = input.strategy === "reference" ? createReferenceStrategy(run) : createFrugalStrategy(run);
  try {
    noteSearchStart(run);
    let state = await strategy.admitSeed(initialState(input.seedCandidate));
    run.journal.note({ type: "phase-changed", phase: "searching" });
    while (state.stop === null) state = await strategy.step(state);
    run.journal.note({ type: "phase-changed", phase: "finishing" });
    state = await strategy.finish(state);
    // An abort that met the last call is an abort all the same (SPEC EV3).
    deps.signal.throwIfAborted();
    return noteSearchEnd(run, summarize(run, state));
  } catch (error) {
    inner.abort(error);
    throw error;
  }
}
