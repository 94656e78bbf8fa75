"use client";

import { Button } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import type { TeachingPage } from "@/lib/contracts/judge-page";
import { testedWords } from "@/lib/view-models/judge-agreement";
import { prepareDifferences } from "@/lib/view-models/judge-cases";
import { AgreementCounts } from "./agreement-counts";
import { Differences } from "./differences";
import { Figures } from "./figures";
import { Section } from "./section";
import { WaysOut } from "./ways-out";

/** Kinds of difference that can be looked at alone. */
export type DifferenceKind = "too-kind" | "too-harsh" | "failed";

const TITLE_ID = "differences";

interface TestResultProps {
  page: TeachingPage;
  onOpen: (kind: DifferenceKind) => void;
}

/** The test on unseen answers: the table of counts, and figures folded. */
export function TestResult({ page, onOpen }: TestResultProps) {
  const { alignment, base, draft } = page;
  const { before, after, human } = alignment;
  if (before === null || after === null) return null;
  const names = { before: `v${base.version}`, after: `v${draft?.version.version ?? base.version + 1}` };
  return (
    <Section id="test" title={`On ${testedWords(after)} that it had not seen when it learned`}>
      <AgreementCounts before={before} after={after} human={human} names={names} onOpen={onOpen} />
      <Disclosure
        className="mt-3"
        summary="Figures: weighted κ, TPR, TNR, J, Spearman, each with its 95 % range"
      >
        <Figures before={before} after={after} names={names} alpha={human?.alpha ?? null} />
      </Disclosure>
    </Section>
  );
}

interface StillDiffersProps {
  page: TeachingPage;
  projectId: string;
  mayLabel: boolean;
  /** Only these; null = all. */
  kind: DifferenceKind | null;
  onShowAll: () => void;
}

/** Answers on which expert and judge still differ, each with three ways out. */
export function StillDiffers({ page, projectId, mayLabel, kind, onShowAll }: StillDiffersProps) {
  const { after, report } = page.alignment;
  const rows = after === null ? [] : prepareDifferences(after, page.labels, report?.settled);
  if (rows.length === 0) return null;
  return (
    <Section
      id="differences-section"
      title={
        <span id={TITLE_ID} tabIndex={-1}>
          Where it still differs from the experts ({rows.length})
        </span>
      }
      about="Either one may be wrong. What you say here is kept with the test; a label that was wrong is graded again."
      actions={
        kind !== null && (
          <Button size="sm" onClick={onShowAll}>
            Show all {rows.length}
          </Button>
        )
      }
    >
      <Differences
        rows={kind === null ? rows : rows.filter((row) => row.kind === kind)}
        projectId={projectId}
        waysOut={mayLabel ? (row) => <WaysOut row={row} page={page} /> : undefined}
      />
    </Section>
  );
}

/** Brings the list of differences into view, and the focus with it. */
export function goToDifferences(): void {
  const title = document.getElementById(TITLE_ID);
  title?.scrollIntoView({ block: "start" });
  title?.focus({ preventScroll: true });
}
