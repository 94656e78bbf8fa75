"use client";

import { type LabelFrame, LabelView } from "@/components/label/label-view";
import { FocusLayout } from "@/components/shell/focus-layout";
import type { LabelItem, LabelSheet } from "@/lib/contracts/labels";

interface LabelScreenProps {
  projectId: string;
  userId: string;
  isSimulated: boolean;
  sheet: LabelSheet;
  firstItem: LabelItem | null;
}

/** The label page in its focus layout: no rail, nothing else. */
export function LabelScreen({ projectId, isSimulated, ...rest }: LabelScreenProps) {
  const frame = (parts: LabelFrame) => (
    <FocusLayout
      {...parts}
      leaveHref={`/p/${projectId}/answers`}
      label="Question and answer"
      isSimulated={isSimulated}
    />
  );
  return <LabelView {...rest} projectId={projectId} frame={frame} />;
}
