import type { JudgeNoise } from "@/lib/contracts/judge-checks";

/** What fresh readings of the same answers say, in one or two sentences. */
export function noiseWords({ sdGrades, flips, answers, readings, failed }: JudgeNoise): string {
  const read = `${answers} ${answers === 1 ? "answer" : "answers"}, read ${readings} times each.`;
  const moves =
    sdGrades === null
      ? "There were too few grades to say how far one moves."
      : sdGrades === 0
        ? "Every reading gave the same grade."
        : `A grade moves by about ${sdGrades < 0.1 ? sdGrades.toFixed(2) : sdGrades.toFixed(1)} of a grade from reading to reading.`;
  const crossed =
    flips === 0
      ? "No answer changed sides of good enough."
      : `${flips} ${flips === 1 ? "answer" : "answers"} changed sides of good enough.`;
  const lost = failed === 0 ? "" : ` ${failed} ${failed === 1 ? "reading" : "readings"} gave no grade.`;
  return `${read} ${moves} ${crossed}${lost}`;
}
