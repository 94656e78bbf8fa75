import type { Candidate, CandidateId, ProposalId } from "./types";

/** The seed candidate's id; the candidate of proposal `p7` is `c7`. */
export const SEED_CANDIDATE_ID: CandidateId = "c0";

/** Identity of a candidate: its sorted (name, text) pairs (SPEC ID1). */
export function candidateKey(candidate: Candidate): string {
  return JSON.stringify(Object.entries(candidate).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Like `candidateKey`, but blind to white space at line ends and around the text: nobody would pay to compare those (SPEC CK6). */
export function dedupeKey(candidate: Candidate): string {
  return candidateKey(
    Object.fromEntries(Object.entries(candidate).map(([name, text]) => [name, tidy(text)])),
  );
}

export function proposalIdOf(ordinal: number): ProposalId {
  return `p${ordinal}`;
}

export function candidateIdOf(proposalId: ProposalId): CandidateId {
  return `c${proposalId.slice(1)}`;
}

function tidy(text: string): string {
  return text.replace(/[ \t]+$/gm, "").trim();
}
