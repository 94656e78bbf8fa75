import { ProgressBar } from "@/components/ui/progress-bar";
import type { RunSnapshot } from "@/lib/contracts/runs";
import { formatUsd } from "@/lib/view-models/run-money";
import { countOf } from "@/lib/view-models/run-names";
import { minutesLeftWords, spendWords } from "@/lib/view-models/run-status";

/** What is used of the budget; money and minutes beside it, as far as they are known. */
export function RunProgress({
  run,
  isConnected,
  isOver,
}: {
  run: RunSnapshot;
  isConnected: boolean;
  isOver: boolean;
}) {
  const { view, caps } = run;
  const saved =
    view.savedUsd !== null && view.savedUsd > 0 ? `${formatUsd(view.savedUsd)} saved by known answers` : "";
  const failed =
    view.failedRollouts > 0 ? `${countOf(view.failedRollouts, "answer")} could not be scored` : "";
  const parts = [spendWords(view, caps.maxUsd), isOver ? "" : minutesLeftWords(view), saved, failed].filter(
    (part) => part !== "",
  );
  return (
    <div>
      <ProgressBar
        label="Scored answers used"
        value={view.metricCalls}
        max={view.maxMetricCalls}
        text={`${view.metricCalls} of ${countOf(view.maxMetricCalls, "scored answer")} used`}
        aside={parts.join(" · ") || undefined}
      />
      <p className="mt-1 min-h-5 text-ink-muted" aria-live="polite">
        {isConnected || isOver
          ? ""
          : "The connection is lost. The run goes on; this page catches up when it is back."}
      </p>
    </div>
  );
}
