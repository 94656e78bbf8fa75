import type { EvaluationView, RoundOffer } from "@/lib/contracts/evaluations";
import type { ExpertAgreement, QueueView } from "@/lib/contracts/labels";

const STATE_WORDS: Readonly<Record<EvaluationView["state"], string>> = {
  queued: "waiting to begin",
  running: "at work",
  paused: "paused",
  done: "done",
  failed: "stopped",
  cancelled: "cancelled",
};

export function stateWords(round: Pick<EvaluationView, "state">): string {
  return STATE_WORDS[round.state];
}

/** "1 answer", "12 answers" */
export function countWords(count: number, noun: string): string {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}

/** "26 of 34", or a dash where no line tells good enough from not. */
export function goodEnoughWords({ goodEnough }: Pick<EvaluationView, "goodEnough">): string {
  return goodEnough === null ? "–" : `${goodEnough.count} of ${goodEnough.of}`;
}

/** What a round found, in one sentence. */
export function roundSentence(round: EvaluationView): string {
  const answers = countWords(round.answered, "answer");
  switch (round.state) {
    case "queued":
      return `Round ${round.number} begins in a moment.`;
    case "running":
      return `Round ${round.number}: ${answers} of ${round.total} so far.`;
    case "paused":
      return `Round ${round.number} is paused at ${answers} of ${round.total}. ${round.cause ?? ""}`.trim();
    case "failed":
      return `Round ${round.number} stopped at ${answers} of ${round.total}; they are kept. ${round.cause ?? ""}`.trim();
    case "cancelled":
      return `Round ${round.number} was cancelled at ${answers} of ${round.total}; they are kept.`;
    case "done":
      return `Round ${round.number}: ${answers}${gradeWords(round)}.${unscoredWords(round)}`;
  }
}

function gradeWords({ meanShown, goodEnough }: EvaluationView): string {
  if (meanShown === null) return ", no grades yet";
  return `, ${meanShown} on average${goodEnough ? `, ${goodEnough.count} of ${goodEnough.of} good enough` : ""}`;
}

function unscoredWords({ couldNotBeScored }: EvaluationView): string {
  return couldNotBeScored === 0 ? "" : ` ${couldNotBeScored} could not be scored.`;
}

/** Own progress and the team's, as text. */
export function queueWords(queue: QueueView): { mine: string; team: string } {
  const { doneByMe, leftForMe, doneByTeam, total, expertsPerItem } = queue;
  const mine =
    leftForMe === 0
      ? doneByMe === 0
        ? "none for you"
        : `${doneByMe}, all done`
      : `${doneByMe} of ${doneByMe + leftForMe}`;
  return { mine, team: `${doneByTeam} of ${total * expertsPerItem}` };
}

/** Host, count and price beside the button that sends records (ux.md, rule 9). */
export function sendingWords({ records, host, costUsd, judgeName }: RoundOffer): string {
  const counted = countWords(records, "record");
  const grading = judgeName
    ? ` The judge “${judgeName}” grades the answers.`
    : " No judge is in use yet, so the answers are not graded.";
  if (host === null)
    return `${counted} are answered by simulated models. Nothing leaves this computer, nothing is paid.${grading}`;
  const price =
    costUsd === null
      ? "what it costs is not known before the first round with known prices"
      : `about $${costUsd.toFixed(2)}`;
  return `${counted} go to ${host}; ${price}.${grading}`;
}

/** Who a queue asks, how many an answer, in which order. */
export function askedWords({ assignees, expertsPerItem, askOrder, isClosed, total }: QueueView): string {
  if (isClosed) return "closed";
  const who =
    assignees.length === 0
      ? "everybody"
      : assignees.map(({ name, done }) => `${name} (${done} of ${total})`).join(", ");
  const times = expertsPerItem === 1 ? "" : ` · ${expertsPerItem} experts an answer`;
  return `${who}${times}${askOrder === "listed" ? " · as listed" : ""}`;
}

/** How far experts agree, in counts: one's own sentence, and for the lead one about all. */
export function agreementSentences({ mine, all }: ExpertAgreement): string[] {
  return [
    mine && `You and other experts: ${agreementCounts(mine)}. Only you see this.`,
    all && `All experts: ${agreementCounts(all)}. Only who leads sees this.`,
  ].filter((sentence) => sentence !== null);
}

function agreementCounts({ pairs, sameSide, sameGrade }: NonNullable<ExpertAgreement["mine"]>): string {
  const grade = `the same grade on ${sameGrade}`;
  const side = sameSide === null ? "" : `good enough or not, the same on ${sameSide} of ${pairs}; `;
  return `${side}${grade}${sameSide === null ? ` of ${pairs}` : ""} (pairs of labels of one answer)`;
}
