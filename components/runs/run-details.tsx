"use client";

import { memo, startTransition, useMemo } from "react";
import { ScoreCurve } from "@/components/charts/score-curve";
import { cx } from "@/components/ui/cx";
import { Tabs } from "@/components/ui/tabs";
import { useUnchanged } from "@/components/ui/use-unchanged";
import type { RunSnapshot } from "@/lib/contracts/runs";
import type { ShownScale } from "@/lib/view-models/run-scale";
import { prepareScoreCurve } from "@/lib/view-models/run-score-curve";
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
        <ScoreCurve {...curve} title={`${capital(scale.label)} by scored answers used`} />
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

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
