import { proposalIdOf } from "../candidate";
import type { ParentPick } from "../events";
import type { ScoredRollout } from "../rollout-desk";
import { candidateSelectorOf } from "../selectors";
import { type Member, memberOf, type SearchState, withMember, withOutcomes } from "../state";
import type { ExampleId, ProposalId, RefusalReason, Rollout } from "../types";
import { poolView } from "./reference-pool";
import type { ReferenceRun } from "./reference-run";

/** One proposal of an iteration before it has a text. */
export interface Task {
  proposalId: ProposalId;
  parent: Member;
  minibatch: readonly ExampleId[];
  /** Positions of the minibatch that could be scored on the parent, with what came of them. */
  known: readonly KnownRollout[];
  /** Components to change. */
  components: readonly string[];
}

export interface KnownRollout {
  id: ExampleId;
  rollout: ScoredRollout;
}

/** Selects parents and rolls them out on their minibatches (SPEC RE2, RE3). Tasks with nothing to learn end here. */
export async function prepareTasks(
  run: ReferenceRun,
  before: SearchState,
  iteration: number,
  count: number,
): Promise<{ state: SearchState; tasks: Task[] }> {
  const sampled = sampleTasks(run, before, iteration, count);
  const keyOf = ({ parent, minibatch }: Task): string => `${parent.key}\n${minibatch.join("\n")}`;
  const shared = [...new Map(sampled.map((task) => [keyOf(task), task]))];
  const batch = await run.rollouts.minibatch(
    shared.map(([, { parent, minibatch }]) => ({ runnable: parent, ids: minibatch })),
  );
  const rolloutsOf = new Map(shared.map(([key], index) => [key, batch.rollouts[index] ?? []]));
  let state = withOutcomes({ ...before, proposals: before.proposals + sampled.length }, batch.outcomes);
  const tasks: Task[] = [];
  for (const bare of sampled) {
    const rollouts = rolloutsOf.get(keyOf(bare)) ?? [];
    const task = {
      ...bare,
      known: bare.minibatch.flatMap((id, position) => scoredAt(id, rollouts[position])),
    };
    noteMinibatch(run, task);
    const hurdle = hurdleOf(run, task);
    if (hurdle !== null) {
      state = refuseTask(run, state, task, hurdle.reason, hurdle.detail);
      continue;
    }
    const chosen = chooseComponents(run, state, task.parent);
    state = chosen.state;
    tasks.push({ ...task, components: chosen.components });
  }
  return { state, tasks };
}

export function scoredAt(id: ExampleId, rollout: Rollout | undefined): KnownRollout[] {
  return rollout?.status === "scored" ? [{ id, rollout }] : [];
}

/** Why work that was granted its worst case can still run dry. */
export const OUT_OF_CALLS = "Re-runs of failed rollouts used up the last metric calls.";

/** Journals a refusal and counts it, where the reflection is to blame. */
export function refuseTask(
  run: ReferenceRun,
  state: SearchState,
  { proposalId, parent }: Task,
  reason: RefusalReason,
  detail: string,
): SearchState {
  run.journal.decide({ type: "proposal-refused", proposalId, parentIds: [parent.id], reason, detail });
  const isUnusable = reason !== "nothing-to-learn" && reason !== "rollouts-failing";
  const unusableInRow = isUnusable ? state.health.unusableInRow + 1 : state.health.unusableInRow;
  return { ...state, health: { ...state.health, unusableInRow } };
}

/** P parents × N minibatches each; `sameParent` draws one parent for all (SPEC SA1). */
function sampleTasks(run: ReferenceRun, state: SearchState, iteration: number, count: number): Task[] {
  const { parents, perParent, sameParent } = run.options.sampling;
  const draws = Array.from({ length: sameParent ? 1 : parents }, (_, index) =>
    drawParent(run, state, iteration, index),
  );
  const tasks: Task[] = [];
  for (let index = 0; index < parents * perParent && index < count; index++) {
    const { parent, pick } = draws[Math.floor(index / perParent) % draws.length] as (typeof draws)[number];
    const proposalId = proposalIdOf(state.proposals + index + 1);
    run.journal.decide({ type: "parent-selected", proposalId, parentId: parent.id, pick });
    tasks.push({
      proposalId,
      parent,
      minibatch: run.sampler.next(iteration, index),
      known: [],
      components: [],
    });
  }
  return tasks;
}

function drawParent(
  run: ReferenceRun,
  state: SearchState,
  iteration: number,
  index: number,
): { parent: Member; pick: ParentPick } {
  const view = poolView(run, state);
  const pinned = view.members.find(({ id }) => id === state.steering.pinned);
  if (pinned) return { parent: pinned, pick: "pinned" };
  const picked = candidateSelectorOf(run.options)(view, run.draw("parent", iteration, index));
  return { parent: view.members[picked.index] as Member, pick: picked.pick };
}

export function noteMinibatch(run: ReferenceRun, { proposalId, parent, minibatch, known }: Task): void {
  run.journal.decide({
    type: "minibatch-chosen",
    proposalId,
    parentId: parent.id,
    component: run.components[parent.componentPointer % run.components.length] as string,
    exampleIds: minibatch,
    scores: known.map(({ id, rollout }) => ({ exampleId: id, score: rollout.score })),
  });
}

/** SPEC RE3: nothing could be scored, or all of it is perfect already. */
function hurdleOf(run: ReferenceRun, { known }: Task): { reason: RefusalReason; detail: string } | null {
  if (known.length === 0)
    return { reason: "rollouts-failing", detail: "No example of the minibatch could be scored." };
  const { skipPerfect, perfectScore } = run.options;
  if (skipPerfect && known.every(({ rollout }) => rollout.score >= perfectScore))
    return { reason: "nothing-to-learn", detail: "Every example of the minibatch has the top score." };
  return null;
}

/** Round robin reads the parent's pointer and moves it on, whatever becomes of the proposal (SPEC CS1). */
function chooseComponents(
  run: ReferenceRun,
  state: SearchState,
  parent: Member,
): { state: SearchState; components: readonly string[] } {
  if (run.options.componentSelector === "all") return { state, components: run.components };
  const pointer = memberOf(state, parent.id).componentPointer;
  const componentPointer = (pointer + 1) % run.components.length;
  const moved = withMember(state, parent.id, (member) => ({ ...member, componentPointer }));
  return { state: moved, components: [run.components[pointer % run.components.length] as string] };
}
