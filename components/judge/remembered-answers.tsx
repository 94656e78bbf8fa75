"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { LabelSource } from "@/lib/contracts/judge-page";
import { LabelSources } from "./label-sources";

const A_PAGE = 10;

interface RememberedAnswersProps {
  remembered: readonly LabelSource[];
  projectId: string;
}

/** Labelled answers that the judge recalls when it sees a similar one, ten at a time. */
export function RememberedAnswers({ remembered, projectId }: RememberedAnswersProps) {
  const [shown, setShown] = useState(A_PAGE);
  return (
    <div className="space-y-3">
      <LabelSources sources={remembered.slice(0, shown)} projectId={projectId} />
      {shown < remembered.length && (
        <Button size="sm" onClick={() => setShown(shown + A_PAGE)}>
          Show {Math.min(A_PAGE, remembered.length - shown)} more
        </Button>
      )}
    </div>
  );
}
