import { Callout } from "@/components/ui/callout";
import { Disclosure } from "@/components/ui/disclosure";
import type { TeachingPage } from "@/lib/contracts/judge-page";
import { LabelSources } from "./label-sources";

interface TeachingReportProps {
  page: Pick<TeachingPage, "alignment" | "labels">;
  projectId: string;
}

/** What of the labels was not used, what was dropped, and what failed. Nothing of it is passed over in silence. */
export function TeachingReport({ page, projectId }: TeachingReportProps) {
  const { alignment, labels } = page;
  const { report } = alignment;
  if (report === null) return null;
  const sourcesOf = (ids: readonly string[]) => labels.filter(({ labelId }) => ids.includes(labelId));
  return (
    <div className="space-y-3">
      {report.partial && alignment.decision !== "open" && (
        <Callout tone="warning" title="A part of this teaching failed, so it learned less than it could.">
          <ul className="list-disc ps-5">
            {report.failedBatches.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </Callout>
      )}
      {report.contradictions.length > 0 && (
        <Disclosure summary={`Labels that contradict each other (${report.contradictions.length})`}>
          <ul className="space-y-4">
            {report.contradictions.map(({ labelIds, why }) => (
              <li key={labelIds.join()}>
                <p className="mb-2">{why}</p>
                <LabelSources sources={sourcesOf(labelIds)} projectId={projectId} />
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
      {report.droppedGuidelines.length > 0 && (
        <Disclosure summary={`Guidelines that were dropped (${report.droppedGuidelines.length})`}>
          <ul className="measure list-disc space-y-1 ps-5">
            {report.droppedGuidelines.map(({ text, why }) => (
              <li key={text}>
                “{text}” <span className="text-ink-muted">{why}</span>
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
      {report.skipped.length > 0 && (
        <Disclosure summary={`Labels that were not used (${report.skipped.length})`}>
          <ul className="space-y-4">
            {report.skipped.map(({ labelId, why }) => (
              <li key={labelId}>
                <p className="mb-2">{why}</p>
                <LabelSources sources={sourcesOf([labelId])} projectId={projectId} />
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
      <p className="text-ink-muted">
        {alignment.modelCalls} model calls
        {alignment.costUsd === null ? "" : `, $${alignment.costUsd.toFixed(2)}`}
        {alignment.simulated && ", simulated"}.
        {report.switchedOff.length > 0 &&
          ` ${report.switchedOff.length} guidelines were switched off: a judge applies twenty at once.`}
      </p>
    </div>
  );
}
