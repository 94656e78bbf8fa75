import { SEED_CANDIDATE_ID } from "../candidate";
import { bestOnExamples, type Fronts, frontsOf, pruneFronts } from "../front";
import { eligibleMembers } from "../recommend";
import { judgesBelowFloor, knownMean } from "../scores";
import { type Member, memberOf, type SearchState } from "../state";
import type { ExampleId } from "../types";
import type { ReferenceRun } from "./reference-run";

/** The pool as selection and merge see it; indexes are positions in `members`. */
export interface PoolView {
  members: readonly Member[];
  means: readonly number[];
  fronts: Fronts;
}

/** Valset examples that can be scored. */
export function valIdsOf(run: ReferenceRun, state: SearchState): ExampleId[] {
  return run.valIds.filter((id) => !state.unscorable.has(id));
}

export function valScores(member: Member, ids: readonly ExampleId[]): Map<ExampleId, number> {
  return new Map(
    ids.flatMap((id) => {
      const score = member.readings.get(id)?.score;
      return score === undefined ? [] : [[id, score] as const];
    }),
  );
}

export function poolView(run: ReferenceRun, state: SearchState): PoolView {
  const ids = valIdsOf(run, state);
  const members = eligibleMembers(state);
  const scored = members.map((member) => ({
    scores: valScores(member, ids),
    objectives: new Map(
      ids.flatMap((id) => {
        const objectives = member.readings.get(id)?.objectives;
        return objectives === undefined ? [] : [[id, objectives] as const];
      }),
    ),
  }));
  return {
    members,
    means: members.map((member) => knownMean(member, ids) ?? 0),
    fronts: frontsOf(run.options.frontierType, scored, ids),
  };
}

/** Journals the front and, when it changed, the recommendation: highest mean, the earlier on ties, floors kept (SPEC RC2). */
export function withRanking(run: ReferenceRun, state: SearchState, { isFirst = false } = {}): SearchState {
  const ids = valIdsOf(run, state);
  const { members, means, fronts } = poolView(run, state);
  const kept = bestOnExamples(pruneFronts(fronts, (index) => means[index] as number));
  const front = [...kept].map(([index, bestOn]) => ({ candidateId: (members[index] as Member).id, bestOn }));
  run.journal.decide({ type: "front-updated", front });
  const order = members.map((_, index) => index).sort((a, b) => (means[b] as number) - (means[a] as number));
  const isAllowed = (member: Member): boolean =>
    member.id === SEED_CANDIDATE_ID || judgesBelowFloor(member, ids, run.input.floors).length === 0;
  const best = order.map((index) => members[index] as Member).find(isAllowed);
  const leaderId = members[order[0] as number]?.id ?? SEED_CANDIDATE_ID;
  const recommendedId = best?.id ?? SEED_CANDIDATE_ID;
  const hasChanged = recommendedId !== state.recommendedId;
  const estimate = knownMean(memberOf(state, recommendedId), ids);
  if ((hasChanged || isFirst) && estimate !== null) {
    const scoredOn = ids.filter((id) => memberOf(state, recommendedId).readings.has(id)).length;
    run.journal.decide({
      type: "recommendation-changed",
      candidateId: recommendedId,
      estimate,
      scoredOn,
      metricCalls: run.rollouts.usedNow(),
    });
  }
  const health = { ...state.health, sinceImprovement: hasChanged ? 0 : state.health.sinceImprovement };
  return { ...state, leaderId, recommendedId, health };
}
