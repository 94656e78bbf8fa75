import { candidateIdOf, proposalIdOf } from "../candidate";
import type { HandEdit } from "../ports";
import { createMember, memberOf, type SearchState, withOutcomes } from "../state";
import { candidateOfEdit, checkEdit } from "./frugal-edit";
import { evaluateChildren, type Gated } from "./reference-proposals";
import type { ReferenceRun } from "./reference-run";
import { noteMinibatch, refuseTask, scoredAt, type Task } from "./reference-tasks";

/** An iteration whose text comes from a person instead of a reflection; gate and validation are the same (SPEC CO3). */
export async function proposeEdit(
  run: ReferenceRun,
  before: SearchState,
  iteration: number,
  edit: HandEdit,
): Promise<{ state: SearchState; gated: Gated[] }> {
  const proposalId = proposalIdOf(before.proposals + 1);
  const parent =
    before.members.find(({ id }) => id === edit.parentId) ?? memberOf(before, before.recommendedId);
  const parentIds = [parent.id];
  const candidate = candidateOfEdit(run.components, parent.candidate, edit);
  const changed = run.components.filter((name) => candidate[name] !== parent.candidate[name]);
  run.journal.decide({ type: "parent-selected", proposalId, parentId: parent.id, pick: "by-hand" });
  const { summary } = edit;
  run.journal.decide({ type: "hand-edit-proposed", proposalId, parentIds, components: changed, summary });
  run.deps.archive.saveProposal({
    id: proposalId,
    parentIds,
    component: changed[0] ?? run.components[0] ?? "",
    candidate,
    summary,
    changes: [],
    shownExampleIds: [],
    callKeys: [],
  });
  const steering = { ...before.steering, edits: before.steering.edits.slice(1) };
  const started: SearchState = { ...before, steering, proposals: before.proposals + 1 };
  const minibatch = run.sampler.next(iteration, 0);
  const bare: Task = { proposalId, parent, minibatch, known: [], components: changed };
  const failure =
    changed.length === 0
      ? ({ reason: "identical", detail: "The text is the same as before." } as const)
      : checkEdit(run, parent.candidate, candidate);
  if (failure) return { state: refused(run, started, bare, failure), gated: [] };
  const batch = await run.rollouts.minibatch([{ runnable: parent, ids: minibatch }]);
  const rollouts = batch.rollouts[0] ?? [];
  const task = { ...bare, known: minibatch.flatMap((id, position) => scoredAt(id, rollouts[position])) };
  const state = withOutcomes(started, batch.outcomes);
  noteMinibatch(run, task);
  if (task.known.length === 0) {
    const detail = "No example of the minibatch could be scored.";
    return { state: refused(run, state, task, { reason: "rollouts-failing", detail }), gated: [] };
  }
  const { componentPointer } = parent;
  const child = createMember(candidateIdOf(proposalId), candidate, parentIds, { componentPointer });
  return evaluateChildren(run, state, [{ task, child }]);
}

/** A refusal of a person's text says nothing about the reflection model. */
function refused(
  run: ReferenceRun,
  state: SearchState,
  task: Task,
  failure: NonNullable<ReturnType<typeof checkEdit>>,
): SearchState {
  return { ...refuseTask(run, state, task, failure.reason, failure.detail), health: state.health };
}
