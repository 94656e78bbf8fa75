import "server-only";
import type { AbCheck } from "@/db/repos/reviews.repo";
import type { BlindResult } from "@/lib/contracts/blind";
import { signTest } from "@/lib/stats/sign-test";
import { sum } from "@/lib/util/math";

export type Favour = "candidate" | "production" | "same";

export interface BlindFacts {
  askedBy: string;
  askedAt: number;
  checks: readonly AbCheck[];
  nameOf(userId: string): string;
  questionOf(recordId: string): string;
}

/** Which prompt a choice spoke for; null while it is not made. */
export function favourOf({
  choice,
  candidateFirst,
}: Pick<AbCheck, "choice" | "candidateFirst">): Favour | null {
  if (choice === null) return null;
  if (choice === "same") return "same";
  return (choice === "first") === candidateFirst ? "candidate" : "production";
}

/**
 * What the experts' blind comparison says. Only sheets that are finished count together: half a sheet could be stopped
 * when it goes the wished way. Swapped repeats tell how steady the choices are, and count for nothing else.
 */
export function blindResultOf({ askedBy, askedAt, checks, nameOf, questionOf }: BlindFacts): BlindResult {
  const sheets = [...Map.groupBy(checks, ({ userId }) => userId)];
  const experts = sheets.map(([userId, own]) => expertOf(nameOf(userId), own));
  const done = sheets
    .filter(([, own]) => own.every(({ choice }) => choice !== null))
    .flatMap(([, own]) => own);
  const finished = experts.filter(({ isDone }) => isDone);
  const total = (pick: (expert: BlindResult["experts"][number]) => number): number => sum(finished.map(pick));
  const counts = {
    candidate: total(({ candidate }) => candidate),
    production: total(({ production }) => production),
    same: total(({ same }) => same),
    steady: total(({ steady }) => steady),
    repeated: total(({ repeated }) => repeated),
  };
  const placed = done.filter(({ choice }) => choice === "first" || choice === "second");
  const first = placed.filter(({ choice }) => choice === "first").length;
  const isDecided = counts.candidate + counts.production > 0;
  return {
    askedBy,
    askedAt,
    experts,
    ...counts,
    firstShare: placed.length === 0 ? null : first / placed.length,
    pValue: isDecided ? signTest({ better: counts.candidate, worse: counts.production }).pTwoSided : null,
    sentence: sentenceOf(experts, counts),
    reasons: reasonsOf(done, nameOf, questionOf),
  };
}

function expertOf(name: string, checks: readonly AbCheck[]): BlindResult["experts"][number] {
  const once = checks.filter(({ swappedDuplicate }) => !swappedDuplicate);
  const count = (side: Favour): number => once.filter((check) => favourOf(check) === side).length;
  const repeats = checks.filter(({ swappedDuplicate, choice }) => swappedDuplicate && choice !== null);
  const answered = repeats.flatMap((repeat) => {
    const before = once.find(({ recordId }) => recordId === repeat.recordId);
    return before && before.choice !== null ? [favourOf(before) === favourOf(repeat)] : [];
  });
  return {
    name,
    isDone: checks.every(({ choice }) => choice !== null),
    candidate: count("candidate"),
    production: count("production"),
    same: count("same"),
    steady: answered.filter(Boolean).length,
    repeated: answered.length,
  };
}

function sentenceOf(
  experts: BlindResult["experts"],
  {
    candidate,
    production,
    same,
    steady,
    repeated,
  }: Pick<BlindResult, "candidate" | "production" | "same" | "steady" | "repeated">,
): string {
  const done = experts.filter(({ isDone }) => isDone).length;
  if (done === 0)
    return experts.length === 0 ? "Nobody has compared yet." : "Nobody has finished comparing yet.";
  const who = done === 1 ? "One expert" : `${done} experts`;
  const again =
    repeated === 0 ? "" : ` Shown the other way round, ${steady} of ${repeated} pairs got the same answer.`;
  return `${who}, not told which is which, preferred the new words on ${candidate}, the old ones on ${production}, and found ${same} the same.${again}`;
}

function reasonsOf(
  checks: readonly AbCheck[],
  nameOf: (userId: string) => string,
  questionOf: (recordId: string) => string,
): BlindResult["reasons"] {
  return checks.flatMap((check) => {
    const favours = favourOf(check);
    if (check.reason === "" || favours === null) return [];
    return [{ by: nameOf(check.userId), question: questionOf(check.recordId), favours, text: check.reason }];
  });
}
