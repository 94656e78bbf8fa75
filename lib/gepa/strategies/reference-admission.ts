import { mean } from "@/lib/util/math";
import { acceptanceCriterionOf, selectProposals } from "../acceptance";
import type { DecisionBody } from "../journal";
import { exampleScores, knownScores } from "../scores";
import { type Member, type SearchState, withOutcomes, withReadings } from "../state";
import { valIdsOf, withRanking } from "./reference-pool";
import type { Gated } from "./reference-proposals";
import type { ReferenceRun } from "./reference-run";
import { OUT_OF_CALLS } from "./reference-tasks";

/** The gate, then full validation of all that pass in one batch, then the pool, one by one (SPEC AC1 to AC4, VA1). */
export async function admitAll(
  run: ReferenceRun,
  before: SearchState,
  gated: readonly Gated[],
): Promise<SearchState> {
  const accepts = acceptanceCriterionOf(run.options);
  const selected = withoutTwins(selectProposals(run.options.selection, accepts, gated));
  let state = before;
  for (const proposal of gated) {
    if (!selected.includes(proposal))
      state = rejectGated(run, state, proposal, accepts(proposal) ? "dropped-by-selection" : "not-better");
  }
  const ids = valIdsOf(run, state);
  if (!run.rollouts.canAfford(selected.length * ids.length)) {
    for (const proposal of selected) refuseGated(run, proposal, OUT_OF_CALLS);
    return state;
  }
  const children = selected.map(({ child }) => child);
  const batch = await run.rollouts.validate(children, ids, "full");
  state = withOutcomes(state, batch.outcomes);
  for (const proposal of selected) {
    const { scored, failed } = batch.of(proposal.child);
    const cause = [...failed.values()][0];
    if (cause !== undefined) {
      refuseGated(run, proposal, cause);
      continue;
    }
    state = admitMember(run, state, proposal.proposalId, withReadings(proposal.child, scored));
    run.merges.foundNew = true;
    if (run.options.merge.enabled && run.merges.tested < run.options.merge.maxInvocations)
      run.merges.due += 1;
  }
  return state;
}

function refuseGated(run: ReferenceRun, { proposalId, child }: Gated, detail: string): void {
  const { parentIds } = child;
  run.journal.decide({ type: "proposal-refused", proposalId, parentIds, reason: "rollouts-failing", detail });
}

/** A candidate with its full validation joins the pool, however it scored there. */
export function admitMember(
  run: ReferenceRun,
  state: SearchState,
  proposalId: string,
  scoredChild: Member,
): SearchState {
  const member = { ...scoredChild, isAccepted: true };
  const ids = valIdsOf(run, state);
  const next = {
    ...state,
    members: [...state.members, member],
    health: { ...state.health, sinceImprovement: state.health.sinceImprovement + 1 },
  };
  const accepted: DecisionBody = {
    type: "candidate-accepted",
    proposalId,
    candidateId: member.id,
    parentIds: member.parentIds,
    scores: exampleScores(member, ids),
    meanScore: mean(knownScores(member, ids)),
    fullyValidated: true,
    metricCalls: run.rollouts.usedNow(),
  };
  run.journal.decide(accepted);
  return withRanking(run, next);
}

/** Identical texts selected in one iteration collapse to the first (SPEC AC4). */
function withoutTwins(selected: readonly Gated[]): Gated[] {
  const keys = new Set<string>();
  return selected.filter(({ child }) => !keys.has(child.key) && keys.add(child.key));
}

function rejectGated(
  run: ReferenceRun,
  state: SearchState,
  proposal: Gated,
  reason: "not-better" | "dropped-by-selection",
): SearchState {
  const { child, rollouts } = proposal;
  run.journal.decide({
    type: "candidate-rejected",
    proposalId: proposal.proposalId,
    candidateId: child.id,
    parentIds: child.parentIds,
    reason,
    childMean: mean(proposal.after),
    parentMean: mean(proposal.before),
    exampleIds: proposal.ids,
    scores: proposal.ids.map((exampleId, position) => ({
      exampleId,
      score: proposal.after[position] ?? null,
    })),
    metricCalls: run.rollouts.usedNow(),
  });
  const health = { ...state.health, sinceImprovement: state.health.sinceImprovement + 1 };
  return { ...state, members: [...state.members, withReadings(child, rollouts)], health };
}
