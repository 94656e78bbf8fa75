import { type Rng, rngFrom } from "@/lib/util/rng";
import { createLedger, type Ledger } from "./budget";
import { createJournal, type Journal } from "./journal";
import type { OptimizeInput } from "./options";
import type { EngineDeps, Reflector } from "./ports";
import { createRolloutDesk, type RolloutDesk } from "./rollout-desk";
import type { SearchState } from "./state";
import { applyInput } from "./steering";
import type { Example, ExampleId } from "./types";

/** A source of chance for one decision, named by what it is for. Tests replace it by a tape. */
export type Draw = (...fields: (string | number)[]) => Rng;

/** Everything a strategy needs for one run. */
export interface Run {
  input: OptimizeInput;
  deps: EngineDeps;
  /** Ends with the caller's signal; the strategy aborts it when one lane fails. */
  signal: AbortSignal;
  journal: Journal;
  ledger: Ledger;
  desk: RolloutDesk;
  draw: Draw;
  examples: ReadonlyMap<ExampleId, Example>;
  trainIds: readonly ExampleId[];
  valIds: readonly ExampleId[];
  components: readonly string[];
  /** Calls of the reflection model so far, repairs included. */
  reflectionCalls(): number;
}

export function createRun(input: OptimizeInput, deps: EngineDeps, signal: AbortSignal, draw?: Draw): Run {
  const journal = createJournal(deps.emit);
  const ledger = createLedger(
    input.maxMetricCalls,
    input.strategy !== "reference" || input.reference?.budgetMode !== "soft",
  );
  const desk = createRolloutDesk(
    deps.evaluator,
    input.concurrency,
    signal,
    ({ request, rollout, metricCalls }) => {
      const { candidateId, exampleId, sample, purpose } = request;
      const outcome =
        rollout.status === "scored" ? { score: rollout.score } : { score: null, cause: rollout.cause };
      const charged = rollout.status === "scored" || rollout.answered;
      journal.note({
        type: "rollout-finished",
        candidateId,
        exampleId,
        sample,
        purpose,
        charged,
        metricCalls,
        ...outcome,
      });
    },
  );
  let reflectionCalls = 0;
  const reflector: Reflector = {
    reflect(request, abort) {
      reflectionCalls += 1;
      return deps.reflector.reflect(request, abort);
    },
  };
  return {
    input,
    deps: { ...deps, reflector },
    reflectionCalls: () => reflectionCalls,
    signal,
    journal,
    ledger,
    desk,
    draw: draw ?? ((...fields) => rngFrom(input.seed, ...fields)),
    examples: new Map([...input.valset, ...input.trainset].map((example) => [example.id, example])),
    trainIds: input.trainset.map(({ id }) => id),
    valIds: input.valset.map(({ id }) => id),
    components: Object.keys(input.seedCandidate),
  };
}

/** Asks what reached the run from outside, journals it, and applies it (SPEC CO1). May wait: that is a pause. */
export async function hearControl(run: Run, state: SearchState): Promise<SearchState> {
  const afterDecision = run.journal.last();
  const inputs = await run.deps.control.inputsAfter(afterDecision, run.signal);
  run.signal.throwIfAborted();
  let heard = state;
  for (const input of inputs) {
    run.journal.decide({ type: "input-received", afterDecision, input });
    if (input.kind === "raise-budget") run.ledger.raise(input.maxMetricCalls);
    heard = applyInput(heard, input);
  }
  if (inputs.some(({ kind }) => kind === "raise-budget")) noteBudget(run);
  return heard;
}

/** Telemetry after a change of the ledger. */
export function noteBudget(run: Run): void {
  const { ledger } = run;
  run.journal.note({
    type: "budget-updated",
    metricCalls: ledger.used(),
    reserved: ledger.reserved(),
    maxMetricCalls: ledger.max,
    reflections: run.reflectionCalls(),
  });
}
