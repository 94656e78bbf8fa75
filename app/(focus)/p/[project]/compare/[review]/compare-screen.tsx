"use client";

import { type CompareFrame, CompareView } from "@/components/compare/compare-view";
import { FocusLayout } from "@/components/shell/focus-layout";
import type { BlindSheet } from "@/lib/contracts/blind";

interface CompareScreenProps {
  sheet: BlindSheet;
  isSimulated: boolean;
}

/** Comparing blind in the focus layout: no rail, nothing that tells which is which. */
export function CompareScreen({ sheet, isSimulated }: CompareScreenProps) {
  const frame = (parts: CompareFrame) => (
    <FocusLayout
      {...parts}
      leaveHref={`/p/${sheet.projectId}`}
      label="Question and two answers"
      isSimulated={isSimulated}
    />
  );
  return <CompareView initial={sheet} frame={frame} />;
}
