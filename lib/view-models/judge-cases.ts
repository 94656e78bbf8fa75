import type { LabelSource } from "@/lib/contracts/judge-page";
import type { AgreementTable, AlignmentView, DifferenceOutcome } from "@/lib/contracts/judges";

/** An answer on which expert and judge differ. */
export interface DifferenceRow {
  labelId: string;
  traceId: string;
  recordId: string;
  question: string;
  answer: string;
  kind: "too-kind" | "too-harsh" | "failed";
  /** "you" or the expert's name. */
  who: string;
  isMine: boolean;
  expert: string;
  judge: string | null;
  /** The expert's words, then the judge's. */
  reason: string;
  rationale: string | null;
  settled: { outcome: DifferenceOutcome; by: string } | null;
}

type Settled = NonNullable<AlignmentView["report"]>["settled"];

/** What the judge gets wrong, and what it could not grade: too kind first, since that harms more. */
export function prepareDifferences(
  table: Pick<AgreementTable, "cases">,
  labels: readonly LabelSource[],
  settled: Settled = [],
): DifferenceRow[] {
  const byId = new Map(labels.map((label) => [label.labelId, label]));
  const order = ["too-kind", "too-harsh", "failed"] as const;
  const rows = table.cases.flatMap(
    ({ kind, labelId, traceId, recordId, question, expert, judge, rationale }): DifferenceRow[] => {
      if (kind === "same") return [];
      const label = byId.get(labelId);
      const said = settled.find((one) => one.labelId === labelId);
      return [
        {
          labelId,
          traceId,
          recordId,
          question,
          answer: label?.answer ?? "",
          kind,
          who: label === undefined ? "expert" : label.isMine ? "you" : label.author.name,
          isMine: label?.isMine ?? false,
          expert,
          judge,
          reason: label?.reason ?? "",
          rationale,
          settled: said ? { outcome: said.outcome, by: said.by } : null,
        },
      ];
    },
  );
  return rows.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}

/** "you 2, judge 4" */
export function gradesWords({ who, expert, judge }: Pick<DifferenceRow, "who" | "expert" | "judge">): string {
  return `${who} ${expert}, judge ${judge ?? "gave no grade"}`;
}
