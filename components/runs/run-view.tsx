"use client";

import { useRouter } from "next/navigation";
import { useDeferredValue, useEffect, useMemo, useState } from "react";
import { useAnnounce } from "@/components/ui/announcer";
import { lazyPart } from "@/components/ui/lazy-part";
import type { WireRunSnapshot } from "@/lib/contracts/run-matrix";
import type { RunState } from "@/lib/contracts/runs";
import { useLiveRun } from "@/lib/queries/runs-live";
import { shownScaleOf } from "@/lib/view-models/run-scale";
import { prepareStatusSentence } from "@/lib/view-models/run-status";
import { RunDetails } from "./run-details";
import { RunEndingPanel } from "./run-ending-panel";
import { RunHeader } from "./run-header";
import { RunProgress } from "./run-progress";
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
  const { view, state } = run;
  const sentence = prepareStatusSentence(view, scale, state);
  useRunAnnouncements(sentence);
  useFreshNavigation(initial.state, state);
  // What is used and what goes on moves at once; the large parts follow as the browser finds the time.
  const shown = useDeferredValue(run);
  const isOver = state === "done" || state === "failed" || state === "cancelled";
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
        <RunDetails run={shown} scale={scale} isOver={isOver} tab={tab} onTab={setTab} onLook={setOpened} />
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

/** What the navigation says of runs is the server's word: it is asked anew when this one has changed its state. */
function useFreshNavigation(known: RunState, state: RunState): void {
  const router = useRouter();
  useEffect(() => {
    if (known !== state) router.refresh();
  }, [known, state, router]);
}

/** Polite, and never more often than every ten seconds. What is there at the start was read already. */
function useRunAnnouncements(sentence: string): void {
  const announce = useAnnounce();
  const [first] = useState(sentence);
  useEffect(() => {
    if (sentence !== first) announce(sentence, { channel: "run", minIntervalMs: ANNOUNCE_EVERY_MS });
  }, [announce, sentence, first]);
}
