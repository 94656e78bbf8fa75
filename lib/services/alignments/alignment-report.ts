import "server-only";
import type { AlignmentView } from "@/lib/contracts/judges";
import type { Agreement, AlignReport, FailedBatch, SkippedLabel } from "@/lib/judge";

export type AlignmentReport = NonNullable<AlignmentView["report"]>;

/** What a teaching tells people of itself, once its guidelines are there. */
export function reportOf(
  report: AlignReport,
  skippedBefore: readonly SkippedLabel[],
  checkingLabels: number,
): AlignmentReport {
  return {
    usedLabels: report.usedLabels,
    withReason: report.withReason,
    skipped: [...skippedBefore, ...report.skipped],
    droppedGuidelines: report.dropped,
    failedBatches: report.failedBatches.map(wordsOf),
    partial: report.partial,
    contradictions: report.contradictions.map(({ labelIds, why }) => ({ labelIds, why })),
    conflicts: report.conflicts.map(({ guidelineIds, why }) => ({ guidelineIds: [...guidelineIds], why })),
    switchedOff: report.switchedOff,
    checkingLabels,
    effects: [],
    settled: [],
  };
}

/** The same report after the test on unseen answers: parts of the test that failed are told too. */
export function withTest(report: AlignmentReport, agreement: Agreement): AlignmentReport {
  const causes = [...new Set(agreement.folds.flatMap(({ cause }) => cause ?? []))];
  if (causes.length === 0) return report;
  const failed = causes.map((cause) => `Part of the test on unseen answers could not be done: ${cause}`);
  return { ...report, partial: true, failedBatches: [...report.failedBatches, ...failed] };
}

function wordsOf({ stage, labelIds, cause }: FailedBatch): string {
  if (stage === "distil") return `${labelIds.length} labels could not be read: ${cause}`;
  if (stage === "consolidate") return `Guidelines could not be compared, so some may say the same: ${cause}`;
  return cause;
}
