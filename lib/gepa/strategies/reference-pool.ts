import { SEED_CANDIDATE_ID } from "../candidate";
import { bestOnExamples, type FrontScores, type Fronts, frontsOf, pruneFronts } from "../front";
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

const scorable = new WeakMap<SearchState["unscorable"], readonly ExampleId[]>();

/** Valset examples that can be scored; the same list as long as the unscorable ones are the same. */
export function valIdsOf(run: ReferenceRun, { unscorable }: SearchState): readonly ExampleId[] {
  const ids = scorable.get(unscorable) ?? run.valIds.filter((id) => !unscorable.has(id));
  scorable.set(unscorable, ids);
  return ids;
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
  return {
    members,
    means: members.map((member) => knownMean(member, ids) ?? 0),
    fronts: frontsOf(
      run.options.frontierType,
      members.map((member) => frontScores(member, ids)),
      ids,
    ),
  };
}

const frontViews = new WeakMap<Member["readings"], { ids: readonly ExampleId[]; view: FrontScores }>();

/** What the fronts look at; kept as long as the member has no new reading. */
function frontScores(member: Member, ids: readonly ExampleId[]): FrontScores {
  const known = frontViews.get(member.readings);
  if (known?.ids === ids) return known.view;
  const objectives = ids.flatMap((id) => {
    const reading = member.readings.get(id);
    return reading === undefined ? [] : [[id, reading.objectives] as const];
  });
  const view = { scores: valScores(member, ids), objectives: new Map(objectives) };
  frontViews.set(member.readings, { ids, view });
  return view;
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
