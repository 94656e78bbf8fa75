import "server-only";
import type { Run } from "@/db/repos/runs.repo";
import { AppError } from "@/lib/contracts/errors";
import type { CandidateBecause } from "@/lib/contracts/run-candidates";
import type { ServiceDeps } from "../service-deps";
import { countedByRecord, guidelinesBehind } from "./candidate-detail";
import { shownGrade } from "./run-scale";
import { questionOf, scaleOf } from "./run-snapshot";

/** Answers told in full; the others are counted. */
const TOLD = 3;

/**
 * What led to a candidate: what the judge said of its parent's answers, worst first, and the experts' words that it
 * answers. Read from the rows of this one proposal, since a family tree asks for many.
 */
export function candidateBecauseOf(
  { repos }: Pick<ServiceDeps, "repos">,
  run: Run,
  candidateId: string,
): CandidateBecause {
  const proposalId = candidateId.replace(/^c/, "p");
  if (candidateId === "c0") return { candidateId, parentId: null, answers: [], more: 0, guidelines: [] };
  const proposal = repos.candidates.proposal(run.id, proposalId);
  const { parentId, exampleIds } = proposal
    ? { parentId: proposal.parentIds[0] ?? null, exampleIds: proposal.shownExampleIds }
    : chosenFor(repos, run, proposalId);
  const owner = { kind: "run", id: run.id } as const;
  const answers = countedByRecord(parentId === null ? [] : repos.rollouts.listByCandidate(owner, parentId));
  const shown = exampleIds
    .flatMap((id) => answers.get(id) ?? [])
    .sort((a, b) => (a.score ?? -1) - (b.score ?? -1));
  const told = shown.slice(0, TOLD);
  const questions = new Map(
    repos.records
      .byIds(told.map(({ recordId }) => recordId))
      .map(({ id, inputs }) => [id, questionOf(inputs.messages)]),
  );
  const scale = scaleOf(repos, run);
  return {
    candidateId,
    parentId,
    answers: told.map((rollout) => ({
      recordId: rollout.recordId,
      question: questions.get(rollout.recordId) ?? "",
      shown: rollout.score === null ? null : shownGrade(rollout, scale),
      feedback: rollout.feedback || (rollout.cause ?? ""),
    })),
    more: exampleIds.length - told.length,
    guidelines: guidelinesBehind(repos, run, proposal),
  };
}

/** A proposal that was refused at once left no row: its journal says what it was to learn from. */
function chosenFor(repos: ServiceDeps["repos"], run: Run, proposalId: string) {
  for (const { body } of repos.runEvents.listByType(run.id, ["minibatch-chosen", "proposal-refused"])) {
    if (body.type === "minibatch-chosen" && body.proposalId === proposalId)
      return { parentId: body.parentId, exampleIds: body.exampleIds };
    if (body.type === "proposal-refused" && body.proposalId === proposalId)
      return { parentId: body.parentIds[0] ?? null, exampleIds: [] };
  }
  throw new AppError("not-found", "This run has no such candidate.");
}
