"use client";

import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import type { JudgeVersionDetail } from "@/lib/contracts/judge-page";
import type { GuidelineEffect } from "@/lib/contracts/judges";
import {
  conflictsToDecide,
  type GuidelineConflict,
  prepareGuidelines,
} from "@/lib/view-models/judge-guidelines";
import { type GuidelineActions, GuidelineCard } from "./guideline-card";
import { ProblemLine } from "./problem-line";

interface GuidelineListProps {
  version: JudgeVersionDetail;
  projectId: string;
  actions: GuidelineActions;
  /** What single guidelines do; null where that was not measured. */
  effects: readonly GuidelineEffect[] | null;
}

/** The guidelines of a version: what has to be decided first, then all of them by how many labels stand behind them. */
export function GuidelineList({ version, projectId, actions, effects }: GuidelineListProps) {
  const cards = prepareGuidelines(version, effects);
  const conflicts = conflictsToDecide(cards);
  return (
    <div className="space-y-3">
      {conflicts.map((conflict) => (
        <ConflictCallout
          key={`${conflict.first.id} ${conflict.second.id}`}
          conflict={conflict}
          actions={actions}
        />
      ))}
      <ProblemLine problem={actions.problem} />
      {effects === null && cards.length > 0 && (
        <p className="text-ink-muted">
          What each one does by itself is not measurable yet: that takes 50 labels when the judge is taught.
        </p>
      )}
      <ol className="space-y-3">
        {cards.map((card) => (
          <GuidelineCard key={card.id} guideline={card} projectId={projectId} actions={actions} />
        ))}
      </ol>
    </div>
  );
}

function ConflictCallout({ conflict, actions }: { conflict: GuidelineConflict; actions: GuidelineActions }) {
  const { first, second } = conflict;
  const { edit } = actions;
  const keep = (kept: GuidelineConflict["first"], dropped: GuidelineConflict["first"]) =>
    edit && (
      <Button
        size="sm"
        pending={actions.isPending}
        onClick={() => void edit({ id: dropped.id, text: dropped.text, active: false })}
      >
        Keep {kept.number}, switch {dropped.number} off
      </Button>
    );
  return (
    <div id="conflicts">
      <Callout
        tone="warning"
        title={`Guideline ${first.number} contradicts guideline ${second.number}`}
        actions={
          <>
            {keep(first, second)}
            {keep(second, first)}
          </>
        }
      >
        <p dir="auto">
          “{first.text}” against “{second.text}”
        </p>
        <p className="text-ink-muted">
          Two experts want different things.{" "}
          {edit
            ? "Decide which one holds, or edit both so that they fit."
            : "An expert decides which one holds."}
        </p>
      </Callout>
    </div>
  );
}
