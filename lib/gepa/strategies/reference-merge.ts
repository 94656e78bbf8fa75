import { mean } from "@/lib/util/math";
import { candidateIdOf, proposalIdOf } from "../candidate";
import { frontWeights, pruneFronts } from "../front";
import { findMerge, type Lineage, type MergeMemory, mergeSubsample, sumOver } from "../merge";
import { createMember, type Member, type SearchState, withOutcomes, withReadings } from "../state";
import { admitMember } from "./reference-admission";
import { type PoolView, poolView, valIdsOf, valScores } from "./reference-pool";
import type { ReferenceRun } from "./reference-run";

const SUBSAMPLE = 5;

/** What merging remembers between iterations (SPEC MG6). */
export interface MergeBook extends MergeMemory {
  due: number;
  /** Merges that were accepted. */
  tested: number;
  /** Whether the last iteration accepted a reflective child. */
  foundNew: boolean;
}

export function createMergeBook(): MergeBook {
  return { due: 0, tested: 0, foundNew: false, triplets: new Set(), signatures: new Set() };
}

export function isMergeDue({ options, merges }: ReferenceRun): boolean {
  return options.merge.enabled && merges.foundNew && merges.due > 0;
}

/** One merge, tried on five valset ids and accepted when it is no worse than the better parent there; null = none found. */
export async function tryMerge(
  run: ReferenceRun,
  state: SearchState,
  iteration: number,
): Promise<SearchState | null> {
  const ids = valIdsOf(run, state);
  const view = poolView(run, state);
  const scores = view.members.map((member) => valScores(member, ids));
  const hasOverlap = (i: number, j: number): boolean =>
    [...(scores[i]?.keys() ?? [])].filter((id) => scores[j]?.has(id)).length >=
    run.options.merge.overlapFloor;
  const pool = [...frontWeights(pruneFronts(view.fronts, (index) => view.means[index] as number)).keys()];
  const rng = run.draw("merge", iteration);
  const merge = findMerge(lineageOf(view), pool, run.merges, hasOverlap, rng);
  if (merge === null) return null;
  const [first, second, ancestor] = [merge.i, merge.j, merge.ancestor].map(
    (index) => view.members[index] as Member,
  ) as [Member, Member, Member];
  const proposalId = proposalIdOf(state.proposals + 1);
  const parentIds = [first.id, second.id];
  run.journal.decide({ type: "merge-proposed", proposalId, parentIds, ancestorId: ancestor.id });
  run.deps.archive.saveProposal({
    id: proposalId,
    parentIds,
    component: run.components[0] as string,
    candidate: merge.candidate,
    summary: "Combines the texts of two candidates",
    changes: [],
    shownExampleIds: [],
    callKeys: [],
  });
  const child = createMember(candidateIdOf(proposalId), merge.candidate, parentIds, {
    componentPointer: Math.max(first.componentPointer, second.componentPointer),
  });
  const [ofFirst, ofSecond] = [scores[merge.i], scores[merge.j]] as [
    Map<string, number>,
    Map<string, number>,
  ];
  const subsample = mergeSubsample(ofFirst, ofSecond, SUBSAMPLE, rng);
  const batch = await run.rollouts.minibatch([{ runnable: child, ids: subsample }], "merge");
  const rollouts = batch.rollouts[0] ?? [];
  const tried = withOutcomes({ ...state, proposals: state.proposals + 1 }, batch.outcomes);
  const childScores = rollouts.flatMap((rollout) => (rollout.status === "scored" ? rollout.score : []));
  if (childScores.length < subsample.length) return refuse(run, tried, proposalId, parentIds);
  const bar = Math.max(sumOver(ofFirst, subsample), sumOver(ofSecond, subsample));
  if (childScores.reduce((total, score) => total + score, 0) < bar) {
    run.journal.decide({
      type: "merge-rejected",
      proposalId,
      parentIds,
      childMean: mean(childScores),
      parentMean: bar / subsample.length,
      metricCalls: run.rollouts.usedNow(),
    });
    return tried;
  }
  return validateMerged(run, tried, proposalId, child);
}

async function validateMerged(
  run: ReferenceRun,
  state: SearchState,
  proposalId: string,
  child: Member,
): Promise<SearchState> {
  const ids = valIdsOf(run, state);
  if (!run.rollouts.canAfford(ids.length)) return refuse(run, state, proposalId, child.parentIds);
  const batch = await run.rollouts.validate([child], ids, "full");
  const { scored, failed } = batch.of(child);
  const next = withOutcomes(state, batch.outcomes);
  if (failed.size > 0) return refuse(run, next, proposalId, child.parentIds);
  run.merges.due -= 1;
  run.merges.tested += 1;
  return admitMember(run, next, proposalId, withReadings(child, scored));
}

function refuse(
  run: ReferenceRun,
  state: SearchState,
  proposalId: string,
  parentIds: readonly string[],
): SearchState {
  const detail = "The merged candidate could not be scored.";
  run.journal.decide({ type: "proposal-refused", proposalId, parentIds, reason: "rollouts-failing", detail });
  return state;
}

function lineageOf(view: PoolView): Lineage {
  const indexOf = new Map(view.members.map(({ id }, index) => [id, index]));
  return {
    candidates: view.members.map(({ candidate }) => candidate),
    parents: view.members.map(({ parentIds }) => parentIds.flatMap((id) => indexOf.get(id) ?? [])),
    means: view.means,
  };
}
