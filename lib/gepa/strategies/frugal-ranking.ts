import { clamp } from "@/lib/util/math";
import { rank } from "../recommend";
import { knownMean } from "../scores";
import { type Member, memberOf, type SearchState } from "../state";
import type { FrugalRun } from "./frugal-run";

/** Ranks anew, and journals a change of the recommendation (SPEC RC1); the first time it is journaled anyway. */
export function withRecommendation(run: FrugalRun, state: SearchState, isFirst = false): SearchState {
  const { leaderId, recommendedId, qualities } = rank(state, run.order, run.input.floors);
  const hasChanged = recommendedId !== state.recommendedId;
  const best = memberOf(state, recommendedId);
  const scoredOn = run.valIds.filter((id) => best.readings.has(id)).length;
  const estimate = qualities.get(recommendedId);
  if ((hasChanged || isFirst) && estimate !== undefined) {
    run.journal.decide({
      type: "recommendation-changed",
      candidateId: recommendedId,
      estimate: clamp(estimate, 0, 1),
      scoredOn,
      metricCalls: run.ledger.used(),
    });
  }
  const health = hasChanged ? { ...state.health, sinceImprovement: 0 } : state.health;
  return { ...state, leaderId, recommendedId, health };
}

/** Ranks after a decided proposal, and keeps what it brought (SPEC ST9). */
export function withOutcomeRanked(run: FrugalRun, state: SearchState): SearchState {
  const ranked = withRecommendation(run, state);
  const gain = ranked.recommendedId === state.recommendedId ? 0 : gainOver(run, ranked, state.recommendedId);
  return { ...ranked, health: { ...ranked.health, gains: [...ranked.health.gains, gain] } };
}

function gainOver(run: FrugalRun, state: SearchState, earlierId: string): number {
  const { qualities } = rank(state, run.order, run.input.floors);
  return Math.max(0, (qualities.get(state.recommendedId) ?? 0) - (qualities.get(earlierId) ?? 0));
}

/** Mean over the valset ids known, or over all ids while no valset id is. The caller knows that there is one. */
export function shownMean(run: FrugalRun, member: Member): number {
  const average = knownMean(member, run.valIds) ?? knownMean(member, run.order);
  if (average === null) throw new Error(`${member.id} has no score to show`);
  return average;
}
