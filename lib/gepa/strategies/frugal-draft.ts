import type { DecisionBody } from "../journal";
import type { Report } from "../lanes";
import { proposeText } from "../propose";
import type { ReflectionBrief } from "../reflection-prompt";
import type { Member, SearchState } from "../state";
import type { Candidate, RefusalReason, SentenceChange } from "../types";
import { type Plan, parentIdsOf, winningIds } from "./frugal-plan";
import type { FrugalRun } from "./frugal-run";
import { examplesOfLesson, type Lesson, type Syllabus } from "./frugal-teaching";

export type Draft =
  | { status: "drafted"; candidate: Candidate; summary: string }
  | { status: "refused"; reason: RefusalReason; detail: string };

/** One link of the chain that gave a text. */
interface Link {
  summary: string;
  changes: readonly SentenceChange[];
}

/** One reflection, or the opening chain of several; a chain that breaks keeps what it has (SPEC FS2). */
export async function draftCandidate(
  run: FrugalRun,
  state: SearchState,
  plan: Plan,
  parent: Member,
  { lessons, shownIds }: Syllabus,
  report: Report,
): Promise<Draft> {
  const { proposalId } = plan;
  const parentIds = parentIdsOf(plan);
  run.journal.note({ type: "reflection-started", proposalId, parentIds, exampleIds: shownIds });
  let { candidate } = parent;
  const links: Link[] = [];
  const callKeys: string[] = [];
  for (const [index, component] of plan.links.entries()) {
    const brief = briefFor(run, state, plan, {
      parent,
      candidate,
      component,
      lesson: lessons[index] as Lesson,
      isRevised: index > 0,
    });
    const callKey = `${proposalId}-r${index + 1}`;
    const proposed = await proposeText(brief, run.input.guidance, callKey, run.deps.reflector, run.signal);
    callKeys.push(...proposed.callKeys);
    if (proposed.status === "refused") {
      if (links.length === 0) return { status: "refused", reason: proposed.reason, detail: proposed.detail };
      break;
    }
    candidate = { ...candidate, [component]: proposed.text };
    links.push(proposed);
    report(() => answeredEvent(plan, component, proposed));
  }
  const summary = links.map((link) => link.summary).join("; ");
  const isKept = ({ sentence }: SentenceChange): boolean =>
    Object.values(candidate).some((text) => text.includes(sentence));
  run.deps.archive.saveProposal({
    id: proposalId,
    parentIds,
    component: plan.links[0] as string,
    candidate,
    summary,
    changes: links.flatMap(({ changes }) => changes).filter(isKept),
    shownExampleIds: shownIds,
    callKeys,
  });
  return { status: "drafted", candidate, summary };
}

function answeredEvent(plan: Plan, component: string, { summary, changes }: Link): DecisionBody {
  const citedExampleIds = [...new Set(changes.flatMap(({ exampleIds }) => exampleIds))];
  const { proposalId } = plan;
  return {
    type: "reflection-answered",
    proposalId,
    parentIds: parentIdsOf(plan),
    component,
    summary,
    citedExampleIds,
  };
}

interface Moment {
  parent: Member;
  /** The candidate as the chain has made it so far. */
  candidate: Candidate;
  component: string;
  lesson: Lesson;
  isRevised: boolean;
}

function briefFor(run: FrugalRun, state: SearchState, plan: Plan, at: Moment): ReflectionBrief {
  const { guidance } = run.input;
  return {
    component: at.component,
    text: at.candidate[at.component] ?? "",
    description: guidance.description,
    keepVariables: guidance.keepVariables[at.component] ?? [],
    guidelines: guidance.guidelines,
    examples: examplesOfLesson(run, at.parent, at.lesson),
    rejectedEdits: state.rejectedEdits.filter(({ component }) => component === at.component),
    hints: state.steering.hints,
    maxChars: guidance.maxComponentChars,
    editStyle: guidance.editStyle,
    isRevised: at.isRevised,
    wantedChars: plan.shortening?.wantedChars ?? null,
    crossover: crossoverFor(run, plan, at),
  };
}

const MAX_WINS = 4;

function crossoverFor(run: FrugalRun, { partner }: Plan, at: Moment): ReflectionBrief["crossover"] {
  if (partner === null) return null;
  const wins = winningIds(run, partner, at.parent).slice(0, MAX_WINS);
  return {
    otherText: partner.candidate[at.component] ?? "",
    wins: wins.map((id) => run.examples.get(id)?.inputs ?? id),
  };
}
