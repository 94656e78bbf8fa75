"use client";

import { useEffect, useMemo, useState } from "react";
import { ScoreCurve } from "@/components/charts/score-curve";
import { useAnnounce } from "@/components/ui/announcer";
import { cx } from "@/components/ui/cx";
import { lazyPart } from "@/components/ui/lazy-part";
import { Tabs } from "@/components/ui/tabs";
import type { WireRunSnapshot } from "@/lib/contracts/run-matrix";
import { useLiveRun } from "@/lib/queries/runs-live";
import { shownScaleOf } from "@/lib/view-models/run-scale";
import { prepareScoreCurve } from "@/lib/view-models/run-score-curve";
import { prepareStatusSentence } from "@/lib/view-models/run-status";
import { CandidateList } from "./candidate-list";
import { FamilyTree } from "./family-tree";
import { NowTrying } from "./now-trying";
import { RecordGrid } from "./record-grid";
import { RunEndingPanel } from "./run-ending-panel";
import { RunHeader } from "./run-header";
import { RunLog } from "./run-log";
import { RunProgress } from "./run-progress";
import { RunSettings } from "./run-settings";
import { RunTrouble } from "./run-trouble";
import { SteerBox } from "./steer-box";
import { useRunControl } from "./use-run-control";

const LazyInspector = lazyPart(() =>
  import("./candidate-inspector").then((module) => module.CandidateInspector),
);
/** During a run at most one announcement in this time, in milliseconds. */
const ANNOUNCE_EVERY_MS = 10_000;

interface RunViewProps {
  initial: WireRunSnapshot;
  canSteer: boolean;
  canReview: boolean;
}

/** One run, live: what it does, what it found, and what to do next. */
export function RunView({ initial, canSteer, canReview }: RunViewProps) {
  const { run, isConnected } = useLiveRun(initial);
  const control = useRunControl(run.id);
  const scale = useMemo(() => shownScaleOf(run.scale), [run.scale]);
  const [opened, setOpened] = useState<string | null>(null);
  const [tab, setTab] = useState("candidates");
  const { view, state, production } = run;
  const sentence = prepareStatusSentence(view, scale, state);
  useRunAnnouncements(sentence);
  const curve = useMemo(
    () => prepareScoreCurve({ view, scale, production, luckBand: view.luckBand }),
    [view, scale, production],
  );
  const isOver = state === "done" || state === "failed" || state === "cancelled";
  const look = { view, scale, onLook: setOpened };
  return (
    <>
      <RunHeader run={run} sentence={sentence} canSteer={canSteer} control={control} />
      <div className="space-y-6">
        <RunProgress run={run} isConnected={isConnected} isOver={isOver} />
        <RunTrouble run={run} canSteer={canSteer} control={control} />
        <RunEndingPanel
          run={run}
          scale={scale}
          canReview={canReview}
          canSteer={canSteer}
          onLookAt={() => setTab("records")}
        />
        <div
          className={cx(
            "grid grid-cols-[minmax(0,1fr)] gap-6",
            !isOver && "lg:grid-cols-[minmax(0,1fr)_20rem]",
          )}
        >
          <ScoreCurve {...curve} title={`${capital(scale.label)} by scored answers used`} />
          {!isOver && <NowTrying run={run} onLook={setOpened} />}
        </div>
        <Tabs
          label="Details of the run"
          value={tab}
          onValueChange={setTab}
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
        {!isOver && canSteer && <SteerBox run={run} />}
      </div>
      <LazyInspector
        isNeeded={opened !== null}
        run={run}
        scale={scale}
        candidateId={opened}
        canSteer={canSteer && !isOver}
        onClose={() => setOpened(null)}
        onOpen={setOpened}
      />
    </>
  );
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Polite, and never more often than every ten seconds. What is there at the start was read already. */
function useRunAnnouncements(sentence: string): void {
  const announce = useAnnounce();
  const [first] = useState(sentence);
  useEffect(() => {
    if (sentence !== first) announce(sentence, { channel: "run", minIntervalMs: ANNOUNCE_EVERY_MS });
  }, [announce, sentence, first]);
}
