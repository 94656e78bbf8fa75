"use client";

import { useEffect } from "react";
import { useAnnounce } from "@/components/ui/announcer";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Mark } from "@/components/ui/mark";
import { Spinner } from "@/components/ui/spinner";
import type { AlignmentView } from "@/lib/contracts/judges";
import { prepareTeachingSteps } from "@/lib/view-models/judge-stage";
import { ProblemLine } from "./problem-line";
import type { TeachingControl } from "./use-teaching-control";

interface TeachingProgressProps {
  alignment: AlignmentView;
  control: TeachingControl;
}

/** How far the teaching is, stage by stage; parked, it says why and how to go on. */
export function TeachingProgress({ alignment, control }: TeachingProgressProps) {
  const announce = useAnnounce();
  const steps = prepareTeachingSteps(alignment);
  const isPaused = alignment.state === "paused";
  const now = steps.find(({ state }) => state === "partly");
  const label = now?.label;
  useEffect(() => {
    if (label) announce(label, { channel: "teaching", minIntervalMs: 10_000 });
  }, [announce, label]);
  return (
    <div className="space-y-4">
      {isPaused && (
        <Callout
          tone="warning"
          title="Teaching has stopped for now."
          actions={
            <Button variant="primary" pending={control.isPending} onClick={() => control.act("resume")}>
              Resume
            </Button>
          }
        >
          {alignment.cause} What was read and graded so far is kept, and is not paid for again.
        </Callout>
      )}
      <ol className="space-y-2 rounded-lg border border-line bg-raised p-4">
        {steps.map(({ key, label: words, state, detail }) => (
          <li
            key={key}
            className="flex flex-wrap items-baseline gap-x-3"
            aria-current={state === "partly" ? "step" : undefined}
          >
            {state === "partly" && !isPaused ? <Spinner /> : <Mark kind={state} />}
            <span className={state === "open" ? "text-ink-muted" : ""}>{words}</span>
            {detail && <span className="text-ink-muted tabular-nums">{detail}</span>}
          </li>
        ))}
      </ol>
      <div className="flex flex-wrap items-center gap-2">
        {!isPaused && (
          <Button size="sm" pending={control.isPending} onClick={() => control.act("pause")}>
            Pause
          </Button>
        )}
        <Button size="sm" variant="quiet" pending={control.isPending} onClick={() => control.act("cancel")}>
          Cancel the teaching
        </Button>
        <ProblemLine problem={control.problem} />
      </div>
    </div>
  );
}
