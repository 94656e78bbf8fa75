import type { ReviewView } from "@/lib/contracts/reviews";
import { diffTexts } from "./diff-text";
import { agreementSentence, approvalsSentence, perAnswerSentence, tagWords } from "./review-words";

/** The review as Markdown, to paste into a pull request: what, evidence, losses, changes, who said yes. */
export function prepareReviewMarkdown(review: ReviewView): string {
  const { evidence } = review;
  const parts = [
    `## Review ${review.number}: ${review.promptName}${review.simulated ? " (simulated)" : ""}`,
    review.decisionSentence,
    evidence?.verdict ? `**${evidence.headline}** ${evidence.sentence}` : "No evidence was bought yet.",
    list([
      agreementSentence(review.judge),
      perAnswerSentence(review),
      ...(evidence && evidence.byTag.length > 0
        ? [`By tag: ${evidence.byTag.map((tag) => tagWords(tag).text).join(" · ")}`]
        : []),
      ...review.checks.map(({ status, sentence }) => `${status === "ok" ? "✓" : "⚠"} ${sentence}`),
      ...(review.blind ? [`Blind: ${review.blind.sentence}`] : []),
      approvalsSentence(review),
      `Ways round this gate: ${review.gate.waysRound}`,
    ]),
    lossesOf(review),
    changesOf(review),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function lossesOf({ evidence }: ReviewView): string {
  const losses = evidence?.losses.filter(({ confirmed }) => confirmed) ?? [];
  if (losses.length === 0) return "";
  const lines = losses.map(
    ({ question, before, after, accepted }) =>
      `“${oneLine(question)}” ${before} → ${after}${accepted ? `, accepted by ${accepted.by}: ${oneLine(accepted.reason)}` : ", open"}`,
  );
  return `### What it lost\n\n${list(lines)}`;
}

function changesOf({ baseline, text }: ReviewView): string {
  const { lines, changed } = diffTexts(baseline?.text ?? "", text);
  if (changed === 0) return "### What changed\n\nNothing.";
  const body = lines
    .filter(({ kind }) => kind !== "same")
    .flatMap(({ before, after, isMoved }) => [
      ...(before === null ? [] : [`- ${before}${isMoved ? " (moved)" : ""}`]),
      ...(after === null ? [] : [`+ ${after}${isMoved ? " (moved)" : ""}`]),
    ])
    .join("\n");
  const longest = Math.max(2, ...Array.from(body.matchAll(/`+/g), ([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `### What changed\n\n${fence}diff\n${body}\n${fence}`;
}

const list = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join("\n");

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
