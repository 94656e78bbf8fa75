import { candidateIdOfProposal } from "./run-log";
import type { CandidateRow, RunLogEntry, RunView } from "./runs";

/** Older entries leave the read model; the events themselves stay in the table. */
const MAX_LOG_ENTRIES = 1_000;

/**
 * A copy of a view that may be changed, made part by part: folding a batch of events copies each row once, whatever
 * its length. The view it came from is never touched.
 */
export interface RunViewDraft {
  view: RunView;
  /** Candidates whose scores have changed. */
  rescored: Set<string>;
  /** Row of a candidate, to be changed; made when there is none yet. */
  row(candidateId: string, proposalId: string | null): CandidateRow;
  /** Keeps a score; `null` = could not be scored, which a later reading may mend. */
  score(candidateId: string, exampleId: string, score: number | null): void;
  log(entry: RunLogEntry): void;
}

export function draftOf(before: RunView): RunViewDraft {
  const view: RunView = {
    ...before,
    candidates: [...before.candidates],
    scores: { ...before.scores },
    curve: [...before.curve],
    luckBand: [...before.luckBand],
    hints: [...before.hints],
    log: [...before.log],
  };
  const places = new Map(view.candidates.map(({ candidateId }, index) => [candidateId, index]));
  const owned = new Set<string>();
  const rescored = new Set<string>();
  const ownedScores = new Set<string>();

  const scoresOf = (candidateId: string): Record<string, number | null> => {
    const known = view.scores[candidateId];
    if (known && ownedScores.has(candidateId)) return known;
    ownedScores.add(candidateId);
    const copy = { ...known };
    view.scores[candidateId] = copy;
    return copy;
  };

  return {
    view,
    rescored,
    row(candidateId, proposalId) {
      const place = places.get(candidateId);
      const known = place === undefined ? undefined : view.candidates[place];
      if (known && owned.has(candidateId)) return known;
      const row = known ? { ...known } : blankRow(candidateId, proposalId);
      owned.add(candidateId);
      places.set(candidateId, place ?? view.candidates.length);
      view.candidates[place ?? view.candidates.length] = row;
      return row;
    },
    score(candidateId, exampleId, score) {
      const scores = scoresOf(candidateId);
      const before = scores[exampleId];
      if (score === null && typeof before === "number") return;
      view.failedRollouts += Number(score === null) - Number(before === null);
      scores[exampleId] = score;
      rescored.add(candidateId);
    },
    log(entry) {
      view.log.push(entry);
      if (view.log.length > MAX_LOG_ENTRIES) view.log.shift();
    },
  };
}

/** Row of the candidate that a proposal leads to. */
export function rowOfProposal(draft: RunViewDraft, proposalId: string): CandidateRow {
  return draft.row(candidateIdOfProposal(proposalId), proposalId);
}

/** Keeps what a candidate scored; it gets a row when it has none. */
export function keepScores(
  draft: RunViewDraft,
  candidateId: string,
  scores: readonly { exampleId: string; score: number | null }[],
): void {
  draft.row(candidateId, candidateId === draft.view.seedCandidateId ? null : `p${candidateId.slice(1)}`);
  for (const { exampleId, score } of scores) draft.score(candidateId, exampleId, score);
}

function blankRow(candidateId: string, proposalId: string | null): CandidateRow {
  return {
    candidateId,
    proposalId,
    parentIds: [],
    status: proposalId === null ? "seed" : "trying",
    meanScore: null,
    scoredOn: 0,
    fullyValidated: false,
    bestOn: [],
    summary: "",
    byHand: false,
    why: "",
    reason: null,
    compared: null,
    shownExampleIds: [],
    metricCalls: 0,
  };
}
