"use client";

import { memo, startTransition, useMemo } from "react";
import { ScoreCurve } from "@/components/charts/score-curve";
import { cx } from "@/components/ui/cx";
import { Tabs } from "@/components/ui/tabs";
import { TextLink } from "@/components/ui/text-link";
import { useUnchanged } from "@/components/ui/use-unchanged";
import type { RunSnapshot } from "@/lib/contracts/runs";
import type { ShownScale } from "@/lib/view-models/run-scale";
import { prepareScoreCurve, productionNote } from "@/lib/view-models/run-score-curve";
import { CandidateList } from "./candidate-list";
import { FamilyTree } from "./family-tree";
import { NowTrying } from "./now-trying";
import { RecordGrid } from "./record-grid";
import { RunLog } from "./run-log";
import { RunSettings } from "./run-settings";

interface RunDetailsProps {
  run: RunSnapshot;
  scale: ShownScale;
  isOver: boolean;
  tab: string;
  onTab(tab: string): void;
  onLook(candidateId: string): void;
}

/** The curve, and the candidates, records, family, log and settings of a run. Kept apart from what must move at once. */
export const RunDetails = memo(function RunDetails({
  run,
  scale,
  isOver,
  tab,
  onTab,
  onLook,
}: RunDetailsProps) {
  const { view, production } = run;
  const curve = useUnchanged(
    useMemo(
      () => prepareScoreCurve({ view, scale, production, luckBand: view.luckBand }),
      [view, scale, production],
    ),
  );
  const look = { view, scale, onLook };
  return (
    <>
      <div
        className={cx(
          "grid grid-cols-[minmax(0,1fr)] gap-6",
          !isOver && "lg:grid-cols-[minmax(0,1fr)_20rem]",
        )}
      >
        <div className="min-w-0">
          <ScoreCurve {...curve} title={`${capital(scale.label)} by scored answers used`} />
          <ProductionNote run={run} />
        </div>
        {!isOver && <NowTrying run={run} onLook={onLook} />}
      </div>
      <Tabs
        label="Details of the run"
        value={tab}
        // Five hundred candidates take a while to draw; the page listens meanwhile.
        onValueChange={(next) => startTransition(() => onTab(next))}
        items={[
          {
            value: "candidates",
            label: "Candidates",
            count: view.candidates.length,
            content: <CandidateList {...look} />,
          },
          {
            value: "records",
            label: "Records",
            count: view.valset.length,
            content: <RecordGrid {...look} questions={run.questions} />,
          },
          { value: "tree", label: "Family tree", content: <FamilyTree {...look} runId={run.id} /> },
          { value: "log", label: "Log", content: <RunLog view={view} scale={scale} /> },
          { value: "settings", label: "Settings used", content: <RunSettings run={run} /> },
        ]}
      />
    </>
  );
});

/** Why the line of what is in production may be of another day, or is missing. */
function ProductionNote({ run: { production, projectId } }: Pick<RunDetailsProps, "run">) {
  const note = productionNote(production);
  if (note === null) return null;
  return (
    <p className="measure mt-2 text-ink-muted">
      {note} {production?.score === null && <TextLink href={`/p/${projectId}/answers`}>Get answers</TextLink>}
    </p>
  );
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
