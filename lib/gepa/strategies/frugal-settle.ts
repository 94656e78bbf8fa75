import type { DecisionBody } from "../journal";
import { sharedMeans } from "../race";
import { frontEvent } from "../recommend";
import { exampleScores, judgesBelowFloor, sharedIds } from "../scores";
import type { Health, Member, SearchState } from "../state";
import type { RefusalReason } from "../types";
import type { Attempt, RacedEnd, RefusedEnd } from "./frugal-attempt";
import { withLearned } from "./frugal-learned";
import { parentIdsOf } from "./frugal-plan";
import { shownMean, withOutcomeRanked } from "./frugal-ranking";
import type { FrugalRun } from "./frugal-run";

/** Applies what came of one proposal to the state, in proposal order, and journals it (SPEC LA2). */
export function settleAttempt(run: FrugalRun, before: SearchState, attempt: Attempt): SearchState {
  const learned = withLearned(run, before, attempt);
  const end = finalEnd(run, learned, attempt.end);
  const settled =
    end.kind === "refused"
      ? settleRefusal(run, learned, attempt, end)
      : settleRace(run, learned, attempt, end);
  return withOutcomeRanked(run, settled);
}

/** A race that compared nothing, or a text that another lane had too, is a refusal after all. */
function finalEnd(run: FrugalRun, state: SearchState, end: RefusedEnd | RacedEnd): RefusedEnd | RacedEnd {
  if (end.kind === "refused") return end;
  const { child, incumbent, verdict, cause } = end.result;
  const refusal = (reason: RefusalReason, detail: string): RefusedEnd => ({
    ...end,
    kind: "refused",
    reason,
    detail,
  });
  if (verdict === "failed") return refusal("rollouts-failing", cause ?? "no answer");
  if (state.members.some(({ key }) => key === child.key))
    return refusal("identical", "Another proposal in flight had the same text.");
  if (sharedIds(child, incumbent, run.order).length === 0)
    return refusal("rollouts-failing", "No example could be scored with both texts.");
  return end;
}

/** Refusals for which the reflection is not to blame. */
const BLAMELESS: readonly RefusalReason[] = ["identical", "nothing-to-learn", "rollouts-failing"];
/** Refusals that teach the next reflection nothing. */
const UNTOLD: readonly RefusalReason[] = ["reflection-failed", "nothing-to-learn", "rollouts-failing"];

function settleRefusal(run: FrugalRun, state: SearchState, { plan }: Attempt, end: RefusedEnd): SearchState {
  const { reason, detail } = end;
  const parentIds = parentIdsOf(plan);
  run.journal.decide({ type: "proposal-refused", proposalId: plan.proposalId, parentIds, reason, detail });
  const { health } = state;
  const told = {
    component: plan.links[0] as string,
    summary: end.summary ?? "An earlier reply",
    why: detail,
  };
  return {
    ...state,
    triedKeys: end.key === null ? state.triedKeys : new Set([...state.triedKeys, end.key]),
    rejectedEdits:
      UNTOLD.includes(reason) || plan.edit !== null ? state.rejectedEdits : [...state.rejectedEdits, told],
    health:
      plan.edit !== null
        ? health
        : {
            ...health,
            unusableInRow: BLAMELESS.includes(reason) ? health.unusableInRow : health.unusableInRow + 1,
            refusedInRow: reason === "rollouts-failing" ? 0 : health.refusedInRow + 1,
            sinceImprovement: health.sinceImprovement + 1,
          },
  };
}

function settleRace(run: FrugalRun, state: SearchState, attempt: Attempt, end: RacedEnd): SearchState {
  const { child, incumbent } = end.result;
  const reason = rejectionOf(run, end);
  const next: SearchState = {
    ...state,
    triedKeys: new Set([...state.triedKeys, end.key]),
    members: [...state.members, { ...child, isAccepted: reason === null }],
    health: healthAfterRace(run, state.health, child, incumbent),
  };
  if (reason === null) {
    run.journal.decide(acceptedEvent(run, next, attempt, child));
    run.journal.decide(frontEvent(next, run.valIds));
    return next;
  }
  const means = sharedMeans(child, incumbent, run.order);
  if (means === null) throw new Error("a race without pairs was settled");
  run.journal.decide({
    type: "candidate-rejected",
    proposalId: attempt.plan.proposalId,
    candidateId: child.id,
    parentIds: child.parentIds,
    reason,
    childMean: means.childMean,
    parentMean: means.incumbentMean,
    exampleIds: run.order.filter((id) => child.readings.has(id)),
    scores: exampleScores(child, run.order),
    metricCalls: run.ledger.used(),
  });
  const why = `scored ${means.childMean.toFixed(2)} where the best so far has ${means.incumbentMean.toFixed(2)}`;
  const told = { component: attempt.plan.links[0] as string, summary: end.summary, why };
  return { ...next, rejectedEdits: [...next.rejectedEdits, told] };
}

function rejectionOf(
  run: FrugalRun,
  { result }: RacedEnd,
): "not-better" | "losing-early" | "below-floor" | null {
  if (result.verdict === "lost") return "not-better";
  if (result.verdict === "lost-early") return "losing-early";
  return isNewlyBelowFloor(run, result.child, result.incumbent) ? "below-floor" : null;
}

/** SPEC FL2: a child below a floor may still be a step up from a leader that is below it too. */
function isNewlyBelowFloor(run: FrugalRun, child: Member, incumbent: Member): boolean {
  const { floors } = run.input;
  const already = judgesBelowFloor(incumbent, run.order, floors);
  return judgesBelowFloor(child, run.order, floors).some((judge) => !already.includes(judge));
}

function acceptedEvent(run: FrugalRun, state: SearchState, { plan }: Attempt, child: Member): DecisionBody {
  const ids = run.valIds.filter((id) => !state.unscorable.has(id));
  return {
    type: "candidate-accepted",
    proposalId: plan.proposalId,
    candidateId: child.id,
    parentIds: child.parentIds,
    scores: exampleScores(child, run.order),
    meanScore: shownMean(run, child),
    fullyValidated: ids.every((id) => child.readings.has(id)),
    metricCalls: run.ledger.used(),
  };
}

function healthAfterRace(run: FrugalRun, health: Health, child: Member, incumbent: Member): Health {
  const pairs = sharedIds(child, incumbent, run.order);
  const isUnmoved = pairs.every((id) => child.readings.get(id)?.score === incumbent.readings.get(id)?.score);
  return {
    ...health,
    unusableInRow: 0,
    refusedInRow: 0,
    sinceImprovement: health.sinceImprovement + 1,
    unmovedInRow: isUnmoved ? health.unmovedInRow + 1 : 0,
    unmovedPairs: isUnmoved ? health.unmovedPairs + pairs.length : 0,
  };
}
