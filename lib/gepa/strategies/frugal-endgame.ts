import { eligibleMembers, rank } from "../recommend";
import { type Job, runJobs } from "../rollout-desk";
import { noteBudget } from "../run-context";
import { type Member, type SearchState, withMember, withOutcomes, withReadings } from "../state";
import { withRecommendation } from "./frugal-ranking";
import type { FrugalRun } from "./frugal-run";

const ENDGAME_FROM_CALLS = 150;
const FINALISTS = 3;

/** Calls kept for the final choice; nothing at small budgets, where they do more good in the search (SPEC FS5). */
export function endgameReserve(run: FrugalRun): number {
  return run.ledger.max < ENDGAME_FROM_CALLS ? 0 : Math.floor(run.options.endgameShare * run.ledger.max);
}

/** Rolls the few best out on more valset examples before one of them is recommended (SPEC FS5). */
export async function confirmFinalists(run: FrugalRun, state: SearchState): Promise<SearchState> {
  if (!isWorthConfirming(state)) return state;
  const calls = Math.min(
    run.ledger.available(),
    state.stop?.reason === "budget" ? run.ledger.max : endgameReserve(run),
  );
  const wallet = run.ledger.grant(calls);
  let confirmed = state;
  while (wallet.left() > 0) {
    const jobs = nextJobs(run, confirmed).slice(0, wallet.left());
    if (jobs.length === 0) break;
    const batch = await runJobs(run.desk, wallet, jobs, "final");
    confirmed = withOutcomes(confirmed, batch.outcomes);
    for (const { runnable } of jobs) {
      const { scored, failed } = batch.of(runnable);
      confirmed = withMember(confirmed, runnable.id, (member) => withReadings(member, scored, failed.keys()));
    }
  }
  run.ledger.settle(wallet);
  noteBudget(run);
  return confirmed === state ? state : withRecommendation(run, confirmed);
}

/** A person or a cap that says stop means now; a perfect or hopeless run has nothing to choose. */
function isWorthConfirming(state: SearchState): boolean {
  const isOver = ["budget", "no-improvement", "gain-below-cost"].includes(state.stop?.reason ?? "");
  return isOver && eligibleMembers(state).length > 1;
}

/** The finalists on the next examples that some of them have not met. */
function nextJobs(run: FrugalRun, state: SearchState): Job[] {
  const { qualities } = rank(state, run.order, run.input.floors);
  const finalists = eligibleMembers(state)
    .toSorted((a, b) => (qualities.get(b.id) ?? 0) - (qualities.get(a.id) ?? 0))
    .slice(0, FINALISTS);
  const val = new Set(run.valIds);
  const isOpen = (member: Member, id: string): boolean => !member.readings.has(id) && !member.failed.has(id);
  const ids = run.order.filter(
    (id) => val.has(id) && !state.unscorable.has(id) && finalists.some((member) => isOpen(member, id)),
  );
  return ids
    .slice(0, run.options.rungSize)
    .flatMap((exampleId) =>
      finalists.filter((member) => isOpen(member, exampleId)).map((runnable) => ({ runnable, exampleId })),
    );
}
