/** "candidate 5", or "starting prompt" (ux.md section 2). Candidates are numbered as their ids are: `c5`. */
export function candidateName(candidateId: string, seedCandidateId: string | null = "c0"): string {
  if (candidateId === seedCandidateId) return "starting prompt";
  return `candidate ${candidateNumber(candidateId)}`;
}

/** The same at the beginning of a sentence. */
export function candidateTitle(candidateId: string, seedCandidateId: string | null = "c0"): string {
  const name = candidateName(candidateId, seedCandidateId);
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** In a sentence: "candidate 5", "the starting prompt". */
export function candidateInSentence(candidateId: string): string {
  return candidateId === "c0" ? "the starting prompt" : candidateName(candidateId);
}

/** "5" of `c5`. */
export function candidateNumber(candidateId: string): string {
  return candidateId.replace(/^\D+/, "") || candidateId;
}

/** "1 record", "12 records". */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}
