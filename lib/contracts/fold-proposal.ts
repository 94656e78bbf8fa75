import { assertNever } from "@/lib/util/assert-never";
import type { RunEventBody } from "./run-events";
import { keepScores, type RunViewDraft, rowOfProposal } from "./run-view-draft";
import type { CandidateRow } from "./runs";

/** Events about one suggested edit. */
export type ProposalBody = Extract<RunEventBody, { proposalId: string }>;

type Body<Type extends RunEventBody["type"]> = Extract<RunEventBody, { type: Type }>;

/** What becomes of one suggested edit. */
export function applyToProposal(draft: RunViewDraft, body: ProposalBody): void {
  const row = rowOfProposal(draft, body.proposalId);
  if ("parentIds" in body) row.parentIds = body.parentIds;
  switch (body.type) {
    case "parent-selected":
      if (row.parentIds.length === 0) row.parentIds = [body.parentId];
      return;
    case "minibatch-chosen":
      row.shownExampleIds = body.exampleIds;
      keepScores(draft, body.parentId, body.scores);
      return;
    case "reflection-started":
      row.shownExampleIds = body.exampleIds;
      return;
    case "reflection-answered":
      row.summary = row.summary === "" ? body.summary : `${row.summary}; ${body.summary}`;
      return;
    case "hand-edit-proposed":
      row.summary = body.summary;
      row.byHand = true;
      return;
    case "proposal-refused":
      row.status = "refused";
      row.reason = body.reason;
      row.why = body.detail;
      row.metricCalls = draft.view.metricCalls;
      return;
    case "rung-finished":
      applyRung(draft, row, body);
      return;
    case "candidate-accepted":
      applyAccepted(draft, row, body);
      return;
    case "candidate-rejected":
      applyRejected(draft, row, body);
      return;
    case "merge-rejected":
      row.status = "rejected";
      row.reason = "not-better";
      row.compared = {
        mean: body.childMean,
        otherMean: body.parentMean,
        otherId: null,
        records: row.compared?.records ?? 0,
      };
      row.metricCalls = body.metricCalls;
      return;
    case "merge-proposed":
    case "crossover-proposed":
      return;
    default:
      assertNever(body);
  }
}

function applyRung(draft: RunViewDraft, row: CandidateRow, body: Body<"rung-finished">): void {
  const records = (row.compared?.records ?? 0) + body.exampleIds.length;
  row.compared = { mean: body.childMean, otherMean: body.incumbentMean, otherId: body.incumbentId, records };
  draft.view.curve.push({
    metricCalls: body.metricCalls,
    candidateId: body.candidateId,
    score: body.childMean,
    kind: "rung",
  });
}

function applyAccepted(draft: RunViewDraft, row: CandidateRow, body: Body<"candidate-accepted">): void {
  keepScores(draft, body.candidateId, body.scores);
  row.status = "accepted";
  row.fullyValidated = body.fullyValidated;
  row.metricCalls = body.metricCalls;
  const kind = body.fullyValidated ? "full" : "rung";
  draft.view.curve.push({
    metricCalls: body.metricCalls,
    candidateId: body.candidateId,
    score: body.meanScore,
    kind,
  });
}

function applyRejected(draft: RunViewDraft, row: CandidateRow, body: Body<"candidate-rejected">): void {
  keepScores(draft, body.candidateId, body.scores);
  const wasRaced = row.compared !== null;
  row.status = "rejected";
  row.reason = body.reason;
  row.metricCalls = body.metricCalls;
  const otherId = row.compared?.otherId ?? body.parentIds[0] ?? null;
  row.compared = {
    mean: body.childMean,
    otherMean: body.parentMean,
    otherId,
    records: body.exampleIds.length,
  };
  if (wasRaced || body.exampleIds.length === 0) return;
  draft.view.curve.push({
    metricCalls: body.metricCalls,
    candidateId: body.candidateId,
    score: body.childMean,
    kind: "rung",
  });
}
