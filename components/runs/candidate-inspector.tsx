"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog } from "@/components/ui/dialog";
import { LoadingSkeleton } from "@/components/ui/loading-skeleton";
import { Tabs } from "@/components/ui/tabs";
import { TextBlock } from "@/components/ui/text-block";
import { useToast } from "@/components/ui/toast";
import type { CandidateDetail } from "@/lib/contracts/run-candidates";
import type { CandidateRow, RunSnapshot } from "@/lib/contracts/runs";
import { wordsOf } from "@/lib/queries/api-fetch";
import { candidateOptions, steerRun } from "@/lib/queries/runs";
import { outcomeOf } from "@/lib/view-models/run-candidates";
import { candidateName, candidateTitle } from "@/lib/view-models/run-names";
import type { ShownScale } from "@/lib/view-models/run-scale";
import { CallInspector } from "./call-inspector";
import { CandidateRecords } from "./candidate-records";
import { CandidateSources } from "./candidate-sources";
import { CandidateText } from "./candidate-text";
import { HandEditDialog } from "./hand-edit-dialog";

interface CandidateInspectorProps {
  run: RunSnapshot;
  scale: ShownScale;
  /** Null while it is closed. */
  candidateId: string | null;
  canSteer: boolean;
  onClose(): void;
  onOpen(candidateId: string): void;
}

/** One candidate opened: its text and what changed, why, how it did on each record, and what was said to get it. */
export function CandidateInspector({
  run,
  scale,
  candidateId,
  canSteer,
  onClose,
  onOpen,
}: CandidateInspectorProps) {
  const row = run.view.candidates.find((one) => one.candidateId === candidateId);
  const [last, setLast] = useState(row);
  // Stays drawn while the dialog closes.
  if (row && row !== last) setLast(row);
  const shown = row ?? last;
  if (!shown) return null;
  const outcome = outcomeOf(shown, scale);
  return (
    <Dialog
      size="xl"
      open={candidateId !== null}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={candidateTitle(shown.candidateId, run.view.seedCandidateId)}
      description={outcome === "" ? scoreWords(shown, scale) : outcome}
      footer={canSteer && <SteerCandidate run={run} row={shown} />}
    >
      <Opened run={run} scale={scale} row={shown} onOpen={onOpen} />
    </Dialog>
  );
}

function scoreWords({ meanScore, scoredOn, status }: CandidateRow, scale: ShownScale): string {
  if (meanScore === null) return status === "trying" ? "Being tried; no grade yet." : "No grade.";
  return `${scale.formatOf(meanScore)} on ${scoredOn} ${scoredOn === 1 ? "record" : "records"}.`;
}

function Opened({
  run,
  scale,
  row,
  onOpen,
}: {
  run: RunSnapshot;
  scale: ShownScale;
  row: CandidateRow;
  onOpen(candidateId: string): void;
}) {
  const scored = Object.keys(run.view.scores[row.candidateId] ?? {}).length;
  const { data, error } = useQuery({
    ...candidateOptions(run.id, row.candidateId, scored),
    placeholderData: (before) => (before?.candidateId === row.candidateId ? before : undefined),
  });
  if (error && !data)
    return (
      <Callout tone="warning" title="It could not be loaded.">
        {wordsOf(error)}
      </Callout>
    );
  if (!data) return <LoadingSkeleton shape="text" rows={10} label="Loading the candidate" />;
  const isSeed = row.candidateId === run.view.seedCandidateId;
  return (
    <>
      {row.parentIds.length > 0 && (
        <p className="mb-3 text-ink-muted">
          From{" "}
          {row.parentIds.map((id) => (
            <Button key={id} size="sm" variant="quiet" onClick={() => onOpen(id)}>
              {candidateName(id, run.view.seedCandidateId)}
            </Button>
          ))}
        </p>
      )}
      {row.summary !== "" && (
        <p dir="auto" className="mb-4 font-medium">
          “{row.summary}”
        </p>
      )}
      <Tabs
        label="The candidate"
        items={[
          {
            value: "text",
            label: isSeed ? "Text" : "What changed",
            content: <CandidateText detail={data} isSeed={isSeed} />,
          },
          ...(isSeed
            ? []
            : [
                {
                  value: "why",
                  label: "Why",
                  content: <CandidateSources detail={data} questions={run.questions} />,
                },
              ]),
          {
            value: "records",
            label: "Records",
            count: data.rollouts.length,
            content: <CandidateRecords key={row.candidateId} run={run} detail={data} scale={scale} />,
          },
          ...(data.reflection
            ? [
                {
                  value: "asked",
                  label: "Asked and answered",
                  content: <Reflection reflection={data.reflection} />,
                },
              ]
            : []),
          {
            value: "calls",
            label: "Calls",
            content: (
              <CallInspector
                runId={run.id}
                candidateId={row.candidateId}
                scoredCount={scored}
                questions={run.questions}
              />
            ),
          },
        ]}
      />
    </>
  );
}

function Reflection({ reflection }: { reflection: NonNullable<CandidateDetail["reflection"]> }) {
  return (
    <div className="space-y-4">
      <h3 className="font-semibold">What the model that suggests edits was asked</h3>
      <TextBlock text={reflection.prompt} isMono maxLines={16} />
      <h3 className="font-semibold">What it answered, as it came</h3>
      <TextBlock text={reflection.reply} isMono maxLines={24} />
    </div>
  );
}

function SteerCandidate({ run, row }: { run: RunSnapshot; row: CandidateRow }) {
  const { toast } = useToast();
  const [isEditing, setEditing] = useState(false);
  const scored = Object.keys(run.view.scores[row.candidateId] ?? {}).length;
  const { data } = useQuery(candidateOptions(run.id, row.candidateId, scored));
  const hasText = data !== undefined && Object.keys(data.components).length > 0;
  const edit = hasText && (
    <>
      <Button onClick={() => setEditing(true)}>Edit by hand</Button>
      {isEditing && (
        <HandEditDialog
          runId={run.id}
          parentId={row.candidateId}
          components={data.components}
          onClose={() => setEditing(false)}
        />
      )}
    </>
  );
  if (row.status !== "accepted" && row.status !== "seed") return edit;
  const isPinned = run.view.pinnedParentId === row.candidateId;
  const isExcluded = run.view.excludedCandidateIds.includes(row.candidateId);
  const send = async (input: Parameters<typeof steerRun>[1], after: string) => {
    try {
      await steerRun(run.id, input);
      toast({ title: after, mark: "done" });
    } catch (error) {
      toast({ title: wordsOf(error), mark: "failed" });
    }
  };
  return (
    <>
      {edit}
      {row.status === "accepted" && !isExcluded && (
        <Button
          onClick={() =>
            void send(
              { kind: "exclude-candidate", candidateId: row.candidateId },
              "Left out from the next decision on.",
            )
          }
        >
          Leave it out
        </Button>
      )}
      <Button
        onClick={() =>
          void send(
            { kind: "pin-parent", candidateId: isPinned ? null : row.candidateId },
            isPinned ? "Edits start from the best again." : "The next edits start from it.",
          )
        }
      >
        {isPinned ? "Build on the best again" : "Build on this one"}
      </Button>
    </>
  );
}
