import { assertNever } from "@/lib/util/assert-never";
import type { RunEvent, RunEventBody } from "./run-events";
import type { RunLogEntry } from "./runs";

type Said = Partial<Omit<RunLogEntry, "seq" | "at" | "type">>;

/** The log's line for an event; null for events that say nothing to a reader of the log. Pure. */
export function logEntryOf(event: RunEvent): RunLogEntry | null {
  const said = saidBy(event.body);
  if (said === null) return null;
  const { seq, at, body } = event;
  const blank = {
    candidateId: null,
    otherIds: [],
    score: null,
    otherScore: null,
    records: 0,
    code: null,
    text: "",
  };
  return { seq, at, type: body.type, ...blank, ...said };
}

/** The id that the engine gives the candidate of a proposal: `p7` → `c7` (a test holds the two together). */
export function candidateIdOfProposal(proposalId: string): string {
  return `c${proposalId.slice(1)}`;
}

function saidBy(body: RunEventBody): Said | null {
  switch (body.type) {
    case "run-started":
      return { candidateId: body.seedCandidateId, records: body.valset.length, score: body.maxMetricCalls };
    case "seed-evaluated":
      return {
        candidateId: body.candidateId,
        score: body.meanScore,
        records: body.scores.filter(({ score }) => score !== null).length,
        otherScore: body.excluded.length,
      };
    case "reflection-answered":
      return { ...aboutProposal(body), records: body.citedExampleIds.length, text: body.summary };
    case "proposal-refused":
      return { ...aboutProposal(body), code: body.reason, text: body.detail };
    case "rung-finished":
      return {
        candidateId: body.candidateId,
        otherIds: [body.incumbentId],
        score: body.childMean,
        otherScore: body.incumbentMean,
        records: body.exampleIds.length,
        code: body.outcome,
      };
    case "candidate-accepted":
      return {
        candidateId: body.candidateId,
        otherIds: body.parentIds,
        score: body.meanScore,
        records: body.scores.filter(({ score }) => score !== null).length,
        code: body.fullyValidated ? "full" : "partial",
      };
    case "candidate-rejected":
      return {
        candidateId: body.candidateId,
        otherIds: body.parentIds,
        score: body.childMean,
        otherScore: body.parentMean,
        records: body.exampleIds.length,
        code: body.reason,
      };
    case "merge-proposed":
    case "crossover-proposed":
      return aboutProposal(body);
    case "hand-edit-proposed":
      return { ...aboutProposal(body), text: body.summary };
    case "merge-rejected":
      return { ...aboutProposal(body), score: body.childMean, otherScore: body.parentMean };
    case "recommendation-changed":
      return { candidateId: body.candidateId, score: body.estimate, records: body.scoredOn };
    default:
      return saidByPeopleAndHost(body);
  }
}

function saidByPeopleAndHost(body: Exclude<RunEventBody, { type: SearchEventType }>): Said | null {
  switch (body.type) {
    case "input-received":
      return saidByInput(body.input);
    case "run-ended":
      return {
        candidateId: body.recommendedCandidateId,
        score: body.recommendedScore,
        otherScore: body.seedScore,
        code: body.stopReason,
        text: body.detail,
      };
    case "paused":
      return { code: body.byPerson ? "by-person" : "by-server", text: body.cause };
    case "resumed":
      return { code: body.afterCrash ? "after-crash" : null, records: body.repeatedAfterCrash };
    case "run-failed":
      return { text: body.cause };
    case "parent-selected":
    case "minibatch-chosen":
    case "front-updated":
    case "reflection-started":
    case "rollout-finished":
    case "budget-updated":
    case "phase-changed":
    case "money-updated":
    case "forecast-updated":
    case "luck-updated":
      return null;
    default:
      return assertNever(body);
  }
}

type SearchEventType =
  | "run-started"
  | "seed-evaluated"
  | "reflection-answered"
  | "proposal-refused"
  | "rung-finished"
  | "candidate-accepted"
  | "candidate-rejected"
  | "merge-proposed"
  | "crossover-proposed"
  | "hand-edit-proposed"
  | "merge-rejected"
  | "recommendation-changed";

function saidByInput(input: Extract<RunEventBody, { type: "input-received" }>["input"]): Said {
  switch (input.kind) {
    case "stop":
      return { code: `stop-${input.reason}` };
    case "hint":
    case "withdraw-hint":
      return { code: input.kind, text: input.text };
    case "exclude-candidate":
    case "pin-parent":
      return { code: input.kind, candidateId: input.candidateId };
    case "raise-budget":
      return { code: input.kind, score: input.maxMetricCalls };
    case "add-candidate":
      return { code: input.kind, otherIds: [input.parentId], text: input.summary };
    default:
      return assertNever(input);
  }
}

function aboutProposal(body: { proposalId: string; parentIds: string[] }): Said {
  return { candidateId: candidateIdOfProposal(body.proposalId), otherIds: body.parentIds };
}
