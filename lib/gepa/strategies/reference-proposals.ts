import { candidateIdOf } from "../candidate";
import { type ProposedText, proposeText } from "../propose";
import type { ScoredRollout } from "../rollout-desk";
import { createMember, type Health, type Member, memberOf, type SearchState, withOutcomes } from "../state";
import type { Candidate, Example, ExampleId, ProposalId, ReflectionExample, RefusalReason } from "../types";
import type { ReferenceRun } from "./reference-run";
import {
  type KnownRollout,
  OUT_OF_CALLS,
  prepareTasks,
  refuseTask,
  scoredAt,
  type Task,
} from "./reference-tasks";

/** A proposal that was evaluated on its parent's minibatch and waits for the gate. */
export interface Gated {
  proposalId: ProposalId;
  child: Member;
  ids: readonly ExampleId[];
  before: readonly number[];
  after: readonly number[];
  rollouts: ReadonlyMap<ExampleId, ScoredRollout>;
}

type ComponentDraft = ProposedText & { component: string };
type AcceptedDraft = Extract<ComponentDraft, { status: "proposed" }>;

/** Select, roll out parents, reflect, roll out children (SPEC RE2 to RE5). Refusals are journaled on the way. */
export async function proposeOnce(
  run: ReferenceRun,
  before: SearchState,
  iteration: number,
  count: number,
): Promise<{ state: SearchState; gated: Gated[] }> {
  const { state: prepared, tasks } = await prepareTasks(run, before, iteration, count);
  const drafts = await Promise.all(tasks.map((task) => reflectOn(run, prepared, task)));
  let state = prepared;
  const children: { task: Task; child: Member }[] = [];
  for (const [index, task] of tasks.entries()) {
    const child = childOf(run, state, task, drafts[index] ?? []);
    if ("reason" in child) state = refuseTask(run, state, task, child.reason, child.detail);
    else children.push({ task, child });
  }
  return evaluateChildren(run, state, children);
}

/** One reflection for each component, on the whole minibatch, good answers included (SPEC RE4). */
async function reflectOn(
  run: ReferenceRun,
  state: SearchState,
  task: Task,
): Promise<readonly ComponentDraft[]> {
  const { guidance } = run.input;
  const { proposalId, parent, minibatch } = task;
  run.journal.note({ type: "reflection-started", proposalId, parentIds: [parent.id], exampleIds: minibatch });
  const examples = task.known.map((known) => shownExample(run, known));
  const ask = async (component: string, index: number): Promise<ComponentDraft> => {
    const brief = {
      component,
      text: parent.candidate[component] ?? "",
      description: guidance.description,
      keepVariables: guidance.keepVariables[component] ?? [],
      guidelines: guidance.guidelines,
      examples,
      rejectedEdits: [],
      hints: state.steering.hints,
      maxChars: guidance.maxComponentChars,
      editStyle: guidance.editStyle,
      isRevised: false,
      wantedChars: null,
      crossover: null,
    };
    const callKey = `${proposalId}-r${index + 1}`;
    return { ...(await proposeText(brief, guidance, callKey, run.deps.reflector, run.signal)), component };
  };
  return Promise.all(task.components.map(ask));
}

function shownExample(run: ReferenceRun, { id, rollout }: KnownRollout): ReflectionExample {
  const { inputs, expectations } = run.examples.get(id) as Example;
  const { output, score, feedback, trajectory } = rollout;
  const shown = { exampleId: id, inputs, expectations, output, score, feedback };
  return trajectory === undefined ? shown : { ...shown, trajectory };
}

/** The child of what was proposed, also when some component got no text; a refusal when none did. */
function childOf(
  run: ReferenceRun,
  state: SearchState,
  task: Task,
  drafts: readonly ComponentDraft[],
): Member | { reason: RefusalReason; detail: string } {
  const proposed = drafts.filter((draft): draft is AcceptedDraft => draft.status === "proposed");
  const refused = drafts.find((draft) => draft.status === "refused");
  if (proposed.length === 0) return refused ?? { reason: "no-answer", detail: "No component was proposed." };
  const texts = Object.fromEntries(proposed.map(({ component, text }) => [component, text]));
  const candidate = { ...task.parent.candidate, ...texts };
  saveProposal(
    run,
    task,
    candidate,
    proposed,
    drafts.flatMap(({ callKeys }) => callKeys),
  );
  const { componentPointer } = memberOf(state, task.parent.id);
  return createMember(candidateIdOf(task.proposalId), candidate, [task.parent.id], { componentPointer });
}

function saveProposal(
  run: ReferenceRun,
  { proposalId, parent, known }: Task,
  candidate: Candidate,
  proposed: readonly AcceptedDraft[],
  callKeys: readonly string[],
): void {
  const parentIds = [parent.id];
  for (const { component, summary, changes } of proposed) {
    const citedExampleIds = [...new Set(changes.flatMap(({ exampleIds }) => exampleIds))];
    run.journal.decide({
      type: "reflection-answered",
      proposalId,
      parentIds,
      component,
      summary,
      citedExampleIds,
    });
  }
  run.deps.archive.saveProposal({
    id: proposalId,
    parentIds,
    component: proposed[0]?.component ?? "",
    candidate,
    summary: proposed.map(({ summary }) => summary).join("; "),
    changes: proposed.flatMap(({ changes }) => changes),
    shownExampleIds: [...new Set(known.map(({ id }) => id))],
    callKeys,
  });
}

/** Children meet the same examples as their parents, in the same order; one batch for all (SPEC RE5). */
export async function evaluateChildren(
  run: ReferenceRun,
  before: SearchState,
  children: readonly { task: Task; child: Member }[],
): Promise<{ state: SearchState; gated: Gated[] }> {
  const work = children.map(({ task, child }) => ({ runnable: child, ids: task.known.map(({ id }) => id) }));
  if (!run.rollouts.canAfford(work.reduce((total, { ids }) => total + ids.length, 0))) {
    const refuse = (state: SearchState, { task }: { task: Task }): SearchState =>
      refuseTask(run, state, task, "rollouts-failing", OUT_OF_CALLS);
    return { state: children.reduce(refuse, before), gated: [] };
  }
  const batch = await run.rollouts.minibatch(work);
  let state = withOutcomes(before, batch.outcomes);
  const gated: Gated[] = [];
  for (const [index, { task, child }] of children.entries()) {
    const rollouts = batch.rollouts[index] ?? [];
    const failed = rollouts.find((rollout) => rollout.status === "failed");
    if (failed?.status === "failed") {
      state = refuseTask(run, state, task, "rollouts-failing", failed.cause);
      continue;
    }
    const scored = task.known.flatMap(({ id }, position) => scoredAt(id, rollouts[position]));
    const proposal = gatedOf(task, child, scored);
    const evaluated = before.members.length - 1 + gated.length;
    state = { ...state, health: healthAfterGate(state.health, proposal, task.parent, evaluated) };
    gated.push(proposal);
  }
  return { state, gated };
}

/** SPEC ST10 and ST11. `evaluated`: children that were evaluated before this one. */
function healthAfterGate(
  health: Health,
  { child, before, after }: Gated,
  parent: Member,
  evaluated: number,
): Health {
  const isEcho = child.key === parent.key;
  const isUnmoved = after.every((score, position) => score === before[position]);
  // Three examples often stay as they were by accident: the text counts as ignored only while nothing has ever moved.
  const isStillUnmoved = isUnmoved && health.unmovedInRow === evaluated;
  return {
    ...health,
    unusableInRow: 0,
    refusedInRow: isEcho ? health.refusedInRow + 1 : 0,
    unmovedInRow: isStillUnmoved ? health.unmovedInRow + 1 : 0,
    unmovedPairs: isStillUnmoved ? health.unmovedPairs + after.length : 0,
  };
}

function gatedOf({ proposalId, known }: Task, child: Member, scored: readonly KnownRollout[]): Gated {
  return {
    proposalId,
    child,
    ids: known.map(({ id }) => id),
    before: known.map(({ rollout }) => rollout.score),
    after: scored.map(({ rollout }) => rollout.score),
    rollouts: new Map(scored.map(({ id, rollout }) => [id, rollout])),
  };
}
