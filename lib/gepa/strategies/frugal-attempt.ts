import { candidateIdOf, dedupeKey } from "../candidate";
import { raceOrder } from "../example-order";
import type { Report } from "../lanes";
import type { HandEdit } from "../ports";
import { type RaceResult, race } from "../race";
import { exampleScores } from "../scores";
import { createMember, type Member, type SearchState } from "../state";
import type { Candidate, ExampleId, RefusalReason } from "../types";
import { draftCandidate } from "./frugal-draft";
import { draftEdit } from "./frugal-edit";
import { type Plan, parentIdsOf, turnsOf } from "./frugal-plan";
import type { FrugalRun } from "./frugal-run";
import { shorteningSyllabus } from "./frugal-shorten";
import { studyMore, studyParent } from "./frugal-study";
import { planLessons } from "./frugal-teaching";

/** A proposal that never raced. */
export interface RefusedEnd {
  kind: "refused";
  reason: RefusalReason;
  detail: string;
  /** What it tried, when a text came back. */
  summary: string | null;
  /** Identity of the text, so that it is not tried again. */
  key: string | null;
}

export interface RacedEnd {
  kind: "raced";
  result: RaceResult;
  summary: string;
  key: string;
}

/** What came of one proposal. Members are as the lane knows them; `settleAttempt` merges them into the state. */
export interface Attempt {
  plan: Plan;
  parent: Member;
  /** Examples shown to the reflection model. */
  shownIds: readonly ExampleId[];
  outcomes: readonly boolean[];
  end: RefusedEnd | RacedEnd;
}

/**
 * One proposal from the parent's failures to the end of the race (SPEC section Frugal). It sees the state it was
 * launched with and nothing else, so lanes cannot disturb each other.
 */
export async function attemptProposal(
  run: FrugalRun,
  state: SearchState,
  plan: Plan,
  report: Report,
): Promise<Attempt> {
  if (plan.edit !== null) return attemptEdit(run, state, plan, plan.edit, report);
  const study = await studyParent(run, state, plan);
  const { parent, outcomes } = study;
  const { links, inFlight } = plan;
  const syllabus =
    plan.shortening === null
      ? planLessons(run, state, parent, study.teachable, { links: links.length, skip: inFlight })
      : shorteningSyllabus(run, parent, study.teachable);
  const { shownIds } = syllabus;
  const attempt = { plan, parent, shownIds, outcomes };
  const hurdle = hurdleOf(plan, shownIds);
  if (hurdle !== null) return { ...attempt, shownIds: [], end: refused("nothing-to-learn", hurdle) };
  report(() => ({
    type: "minibatch-chosen",
    proposalId: plan.proposalId,
    parentId: parent.id,
    component: links[0] as string,
    exampleIds: shownIds,
    scores: exampleScores(parent, shownIds),
  }));
  const draft = await draftCandidate(run, state, plan, parent, syllabus, report);
  if (draft.status === "refused") return { ...attempt, end: refused(draft.reason, draft.detail) };
  const { candidate, summary } = draft;
  const key = dedupeKey(candidate);
  if (state.triedKeys.has(key)) {
    // A repeated text says that the reflection needs other material: the parent meets more examples (SPEC CK6).
    const more = (await studyMore(run, plan, study, run.order)) ?? study;
    const end = { ...refused("identical", "The same text was tried before."), summary, key };
    return { ...attempt, parent: more.parent, outcomes: more.outcomes, end };
  }
  const { aimedIds } = syllabus;
  const result = await raceChild(run, state, plan, { parent, candidate, aimedIds }, report);
  const end: RacedEnd = { kind: "raced", result, summary, key };
  return { ...attempt, outcomes: [...outcomes, ...result.outcomes], end };
}

/** A person's text races like any other; nothing is studied or reflected on first (SPEC CO3). */
async function attemptEdit(
  run: FrugalRun,
  state: SearchState,
  plan: Plan,
  edit: HandEdit,
  report: Report,
): Promise<Attempt> {
  const { parent } = plan;
  const attempt: Omit<Attempt, "end"> = { plan, parent, shownIds: [], outcomes: [] };
  const { candidate, failure, summary } = draftEdit(run, plan, edit, report);
  const key = dedupeKey(candidate);
  if (failure !== null) return { ...attempt, end: { ...refused(failure.reason, failure.detail), summary } };
  if (state.triedKeys.has(key))
    return { ...attempt, end: { ...refused("identical", "The same text was tried before."), summary, key } };
  const result = await raceChild(run, state, plan, { parent, candidate, aimedIds: [] }, report);
  return { ...attempt, outcomes: result.outcomes, end: { kind: "raced", result, summary, key } };
}

/** Why a reflection would be wasted; null when nothing is in its way. */
function hurdleOf(plan: Plan, shownIds: readonly ExampleId[]): string | null {
  if (shownIds.length === 0) return "No known answer falls short.";
  return plan.wallet.left() === 0 ? "No metric calls are left to try an edit." : null;
}

function refused(reason: RefusalReason, detail: string): RefusedEnd {
  return { kind: "refused", reason, detail, summary: null, key: null };
}

function raceChild(
  run: FrugalRun,
  state: SearchState,
  plan: Plan,
  { parent, candidate, aimedIds }: { parent: Member; candidate: Candidate; aimedIds: readonly ExampleId[] },
  report: Report,
): Promise<RaceResult> {
  const { proposalId, leader, thresholds, noise } = plan;
  const { rungSize } = run.options;
  const parentIds = parentIdsOf(plan);
  const componentPointer = parent.componentPointer + turnsOf(plan);
  const child = createMember(candidateIdOf(proposalId), candidate, parentIds, { componentPointer });
  const incumbent = parent.id === leader.id ? parent : leader;
  const usable = run.order.slice(0, run.raceLimit).filter((id) => !state.unscorable.has(id));
  const aimed = usable.filter((id) => aimedIds.includes(id) && incumbent.readings.has(id));
  const order = raceOrder(usable, run.draw("race-order", proposalId).shuffle(aimed), rungSize);
  return race({ child, incumbent, order, rungSize, thresholds, noise }, run.desk, plan.wallet, (rung) =>
    report((metricCalls) => ({
      type: "rung-finished",
      proposalId,
      candidateId: child.id,
      parentIds,
      incumbentId: incumbent.id,
      metricCalls,
      ...rung,
    })),
  );
}
