import type { SpendMonth } from "@/lib/contracts/spend";

const KINDS: Readonly<Record<string, string>> = {
  run: "Runs",
  evaluation: "Rounds of answers",
  alignment: "Teaching the judge",
  evidence: "Looks at the sealed records",
  draft: "Drafts of what a good answer does",
  "judge-check": "Trials of the judge",
  "prompt-check": "Checks of what is in production",
  "try-question": "Questions that were tried",
  "agent-test": "Tests of your agent",
  "judge-memory": "Remembered answers of the judge",
};
const ROLES: Readonly<Record<string, string>> = {
  task: "answering",
  judge: "grading",
  reflection: "suggesting",
  embedding: "embedding",
};

/** "Runs, grading" */
export function purposeInWords({ kind, role }: { kind: string; role: string }): string {
  return `${KINDS[kind] ?? kind}, ${ROLES[role] ?? role}`;
}

/** Cents where there are any; small sums keep their first digits. */
export function usd(amount: number): string {
  if (amount === 0) return "$0";
  return amount >= 0.1 ? `$${amount.toFixed(2)}` : `$${amount.toPrecision(2)}`;
}

/** How much of a sum nobody told; null when all of it was. */
export function assumedSentence({ total: { assumedUsd } }: SpendMonth): string | null {
  if (assumedUsd === 0) return null;
  return `${usd(assumedUsd)} of it is assumed: calls that were cut off in the air, timed out or came back without a price count as the most that they can have cost.`;
}

/** Where the month stands, in one sentence. */
export function spendSentence({ total, capUsd, parked }: SpendMonth): string {
  const spent =
    total.calls === 0 ? "No model was called." : `${usd(total.usd)} for ${total.calls} calls to models.`;
  const cap =
    capUsd === null
      ? " There is no cap."
      : ` The cap is ${usd(capUsd)}; ${usd(Math.max(0, capUsd - total.usd))} are left.`;
  return `${spent}${cap}${parked.length > 0 ? ` ${parked.map(({ name }) => name).join(", ")} wait${parked.length === 1 ? "s" : ""} for it.` : ""}`;
}

/** "November 2026" */
export function monthInWords(month: string): string {
  const at = Date.parse(`${month}-01T00:00:00Z`);
  return new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" }).format(at);
}
