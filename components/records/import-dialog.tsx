"use client";

import { useState } from "react";
import { Callout } from "@/components/ui/callout";
import { Dialog } from "@/components/ui/dialog";
import { Mark } from "@/components/ui/mark";
import { ProgressBar } from "@/components/ui/progress-bar";
import type { ImportState } from "@/lib/contracts/record-imports";
import { rejectedHref } from "@/lib/queries/record-files";
import { prepareImportResult } from "@/lib/view-models/record-import";
import { ImportChoose } from "./import-choose";
import { ImportFooter } from "./import-footer";
import { ImportPreviewView, RejectedLines } from "./import-preview";
import { type ImportControls, useImport } from "./use-import";

export type ImportSource = "file" | "paste";

interface ImportDialogProps {
  projectId: string;
  source: ImportSource;
  /** One that was at work when the page came; the dialog goes on with it. */
  goingOn: ImportState | null;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  /** The import is over, and was seen to be. */
  onOver: () => void;
}

/** Records from a file or from cells of a spreadsheet: first what would happen, line by line, then that. */
export function ImportDialog({
  projectId,
  source,
  goingOn,
  isOpen,
  onOpenChange,
  onOver,
}: ImportDialogProps) {
  const controls = useImport(projectId, goingOn);
  const { step, problem, isPending } = controls;
  const [pasted, setPasted] = useState("");
  const close = (open: boolean) => {
    onOpenChange(open);
    // an import at work goes on, and is met again when the dialog is opened
    if (open || step.kind === "working") return;
    controls.startOver();
    onOver();
    setPasted("");
  };
  return (
    <Dialog
      title={source === "file" ? "Import a file" : "Paste from a spreadsheet"}
      size="lg"
      open={isOpen}
      onOpenChange={close}
      footer={
        <ImportFooter
          controls={controls}
          pasted={source === "paste" ? pasted : null}
          onClose={() => close(false)}
        />
      }
    >
      {problem && (
        <div role="alert" className="mb-4">
          <Callout tone="worse">{problem}</Callout>
        </div>
      )}
      {step.kind === "choose" && (
        <ImportChoose
          source={source}
          pasted={pasted}
          onPaste={setPasted}
          onFile={(file) => void controls.read(file)}
          isPending={isPending}
        />
      )}
      {step.kind === "preview" && (
        <ImportPreviewView
          projectId={projectId}
          preview={step.preview}
          chosen={controls.chosen}
          onColumns={(columns) => void controls.chooseColumns(step.preview, columns)}
        />
      )}
      {step.kind === "working" && <Working controls={controls} total={step.state.total} />}
      {step.kind === "done" && <Done projectId={projectId} step={step} />}
    </Dialog>
  );
}

function Working({ controls, total }: { controls: ImportControls; total: number }) {
  const { done, isPaused, cause } = controls;
  const lines = `${done.toLocaleString("en")} of ${total.toLocaleString("en")} lines written`;
  return (
    <div className="space-y-3">
      <ProgressBar
        label="Lines written"
        value={done}
        max={total}
        text={isPaused ? `Paused. ${lines}` : lines}
      />
      {cause && isPaused && <Callout tone="warning">{cause}</Callout>}
      <p className="measure text-ink-muted">
        New records appear together when all are written. You can close this and go on working; it goes on.
      </p>
    </div>
  );
}

type DoneStep = Extract<ImportControls["step"], { kind: "done" }>;

function Done({ projectId, step: { state } }: { projectId: string; step: DoneStep }) {
  const { result, importId } = state;
  if (state.state !== "done") {
    return (
      <Callout tone={state.state === "failed" ? "worse" : "warning"}>
        {state.state === "cancelled"
          ? "Cancelled. None of its new records is kept; records that it had changed already keep their old text in the history."
          : `It stopped: ${state.cause ?? "the cause is not known"} What was written is kept out of sight; go on from there.`}
      </Callout>
    );
  }
  return (
    <div role="status" className="space-y-3">
      <p className="text-base">
        <Mark kind="done" isDecoration /> {prepareImportResult(result)}
      </p>
      <RejectedLines
        lines={result.rejected}
        total={result.invalid}
        href={rejectedHref(projectId, importId)}
      />
    </div>
  );
}
