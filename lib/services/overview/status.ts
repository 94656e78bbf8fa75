import type { ProjectFacts } from "./project-facts";

const count = (number: number, one: string, many = `${one}s`): string =>
  `${number} ${number === 1 ? one : many}`;

/** One sentence on where the project stands. */
export function prepareStatus(facts: ProjectFacts): string {
  const { activeRound, activeRun, openReview, queue, labels, judge, records } = facts;
  if (activeRun)
    return `Run ${activeRun.number} is ${activeRun.paused ? "paused" : "looking for a better prompt"}.`;
  const left = queue?.leftForMe ?? 0;
  // The sample's recorded answers are graded in the background when it is opened: that is nothing to wait for.
  if (left > 0 && facts.project.isSample && judge?.guidelines === 0) {
    const who =
      labels.experts === 2 ? "Two experts have" : `${count(labels.experts, "person has", "people have")}`;
    const minutes = Math.max(1, Math.round(left / 2));
    return `${who} labelled ${count(labels.answers, "answer")}. ${left === 6 ? "Six are" : left === 1 ? "One is" : `${left} are`} left for you: ${count(minutes, "minute")}.`;
  }
  if (activeRound) return `Answers are coming in: ${activeRound.done} of ${activeRound.total}.`;
  if (openReview) return `Review ${openReview.number} waits for a decision.`;
  if (left > 0)
    return `${count(left, "answer")} ${left === 1 ? "waits" : "wait"} for you; then the judge can be taught.`;
  if (facts.openTeaching)
    return "The judge has learned from your labels; somebody has to decide whether to use it.";
  if (labels.newWithReason >= 10)
    return `${count(labels.newWithReason, "label")} with reasons can teach the judge.`;
  if (records === 0) return "Nothing is in here yet. It begins with records.";
  if (facts.answers === 0)
    return facts.readiness.ready
      ? `${count(records, "record")} are ready for answers.`
      : facts.readiness.headline;
  if (facts.candidate) return `Run ${facts.candidate.runNumber} has found a candidate that waits for review.`;
  return `${count(records, "record")}, ${count(labels.total, "label")}, ${count(facts.runs, "run")}. Nothing is waiting.`;
}
