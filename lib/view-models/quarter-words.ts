import type { QuarterAct, QuarterReport } from "@/lib/contracts/quarter-report";

/** "2026-q4" → "4th quarter of 2026". */
export function quarterName(quarter: string): string {
  const [year, number] = quarter.split("-q");
  const ordinal = ["1st", "2nd", "3rd", "4th"][Number(number) - 1] ?? number;
  return `${ordinal} quarter of ${year}`;
}

/** The quarter in one sentence. */
export function quarterSentence({ counts, acts }: QuarterReport): string {
  if (acts.length === 0) return "Nothing was decided in this quarter.";
  const { promotions, declines, rollbacks, overrides, selfApprovals } = counts;
  const marked = [
    overrides > 0 && counted(overrides, "went round the gate", "went round the gate"),
    selfApprovals > 0 &&
      counted(selfApprovals, "was approved by its author", "were approved by their author"),
  ].filter(Boolean);
  const sum = `${plural(promotions, "promotion")}, ${plural(declines, "decline")}, ${plural(rollbacks, "rollback")}.`;
  return marked.length === 0 ? `${sum} None went round the gate.` : `${sum} ${marked.join("; ")}.`;
}

/** What was done, in a few words: "production: v3 → v4". */
export function actWords({ kind, alias, fromVersion, toVersion, promptName }: QuarterAct): string {
  if (kind === "decline") return `${promptName}: a change was declined`;
  const from = fromVersion === null ? "" : `v${fromVersion} → `;
  return `${promptName}@${alias}: ${from}v${toVersion}`;
}

export const ACT_NAMES: Readonly<Record<QuarterAct["kind"], string>> = {
  initial: "First version",
  promotion: "Promoted",
  rollback: "Rolled back",
  decline: "Declined",
};

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? "" : "s"}`;

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;
