"use client";

import { Button } from "@/components/ui/button";
import type { ImportPreview } from "@/lib/contracts/record-imports";
import type { ImportControls } from "./use-import";

interface ImportFooterProps {
  controls: ImportControls;
  /** Null: a file is read as soon as it is chosen. */
  pasted: string | null;
  onClose: () => void;
}

/** What can be done at each step of an import, the main thing last. */
export function ImportFooter({ controls, pasted, onClose }: ImportFooterProps) {
  const { step, isPending, read, startOver } = controls;
  switch (step.kind) {
    case "choose":
      if (pasted === null)
        return isPending ? (
          <span role="status">Reading the file…</span>
        ) : (
          <Button onClick={onClose}>Cancel</Button>
        );
      return (
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            pending={isPending}
            pendingLabel="Reading"
            onClick={() => void read(new Blob([pasted]))}
            blockedReason={pasted.trim() === "" ? "Paste some cells first." : undefined}
          >
            Look at it
          </Button>
        </>
      );
    case "preview":
      return <Confirm controls={controls} preview={step.preview} />;
    case "working":
      return <AtWork controls={controls} onClose={onClose} />;
    case "done":
      return (
        <>
          {step.state.state === "failed" ? (
            <Button pending={isPending} onClick={() => void controls.goOn(step.state.importId)}>
              Go on
            </Button>
          ) : (
            <Button onClick={startOver}>Import another</Button>
          )}
          <Button variant="primary" onClick={onClose}>
            Close
          </Button>
        </>
      );
  }
}

function Confirm({ controls, preview }: { controls: ImportControls; preview: ImportPreview }) {
  const { new: fresh, changed } = preview.counts;
  const count = fresh + changed;
  const nothing = preview.needsColumns
    ? "Say first which column is the question."
    : "There is nothing in it that is not here already.";
  return (
    <>
      <Button onClick={controls.startOver}>Choose another</Button>
      <Button
        variant="primary"
        pending={controls.isPending}
        pendingLabel="One moment"
        onClick={() => void controls.commit(preview)}
        blockedReason={count === 0 ? nothing : undefined}
      >
        Import {count.toLocaleString("en")} {count === 1 ? "record" : "records"}
      </Button>
    </>
  );
}

function AtWork({ controls, onClose }: { controls: ImportControls; onClose: () => void }) {
  const { isPaused, control } = controls;
  return (
    <>
      <Button onClick={() => void control("cancel")}>Cancel the import</Button>
      <Button onClick={() => void control(isPaused ? "resume" : "pause")}>
        {isPaused ? "Go on" : "Pause"}
      </Button>
      <Button variant="primary" onClick={onClose}>
        {isPaused ? "Close, it stays paused" : "Close, it goes on"}
      </Button>
    </>
  );
}
