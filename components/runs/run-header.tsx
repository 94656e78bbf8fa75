"use client";

import { Ellipsis } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { LinkButton } from "@/components/ui/link-button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { PageHeader } from "@/components/ui/page-header";
import { TextLink } from "@/components/ui/text-link";
import type { RunSnapshot } from "@/lib/contracts/runs";
import { RaiseBudgetDialog } from "./raise-budget-dialog";
import type { RunControl } from "./use-run-control";

interface RunHeaderProps {
  run: RunSnapshot;
  sentence: string;
  canSteer: boolean;
  control: RunControl;
}

/** Names the run and its state; Pause is the page's primary act while it goes on. */
export function RunHeader({ run, sentence, canSteer, control }: RunHeaderProps) {
  const { number, promptVersion, projectId, simulated, state } = run;
  const isLive = state === "queued" || state === "running" || state === "paused";
  return (
    <PageHeader
      above={<TextLink href={`/p/${projectId}/runs`}>Runs</TextLink>}
      title={`Run ${number} · improving v${promptVersion}`}
      isSimulated={simulated}
      sentence={<span className="block min-h-12 tabular-nums sm:min-h-6">{sentence}</span>}
      secondary={
        isLive && canSteer ? (
          <StopAndMenu run={run} control={control} />
        ) : (
          !isLive && canSteer && <Again run={run} />
        )
      }
      primary={isLive && canSteer && <PauseButton isPaused={state === "paused"} control={control} />}
    />
  );
}

function PauseButton({ isPaused, control }: { isPaused: boolean; control: RunControl }) {
  const action = isPaused ? "resume" : "pause";
  return (
    <Button
      variant="primary"
      className="min-w-24"
      pending={control.pending === action}
      pendingLabel={isPaused ? "Resuming" : "Pausing"}
      onClick={() => void control.act(action)}
    >
      {isPaused ? "Resume" : "Pause"}
    </Button>
  );
}

/** A new run from the same settings, which can be changed before it starts. */
function Again({ run }: { run: RunSnapshot }) {
  return <LinkButton href={`/p/${run.projectId}/runs/new?from=${run.id}`}>Run again with changes</LinkButton>;
}

function StopAndMenu({ run, control }: { run: RunSnapshot; control: RunControl }) {
  const [asks, setAsks] = useState<"stop" | "cancel" | "raise" | null>(null);
  const confirm = async (action: "stop" | "cancel") => {
    await control.act(action);
    setAsks(null);
  };
  return (
    <>
      <Menu
        label="More acts on this run"
        trigger={
          <Button variant="quiet" aria-label="More acts on this run" className="aspect-square px-0!">
            <Ellipsis aria-hidden="true" className="size-4" />
          </Button>
        }
      >
        <MenuItem onSelect={() => setAsks("raise")}>Raise the budget</MenuItem>
        <MenuItem isDanger onSelect={() => setAsks("cancel")}>
          Cancel the run
        </MenuItem>
      </Menu>
      <Button pending={control.pending === "stop"} pendingLabel="Stopping" onClick={() => setAsks("stop")}>
        Stop and take the best
      </Button>
      {asks === "raise" && <RaiseBudgetDialog run={run} onClose={() => setAsks(null)} />}
      <ConfirmDialog
        title="Stop and take the best"
        confirmLabel="Stop the run"
        open={asks === "stop"}
        onOpenChange={(isOpen) => setAsks(isOpen ? "stop" : null)}
        pending={control.pending === "stop"}
        onConfirm={() => void confirm("stop")}
      >
        Nothing new is started. The best candidate so far is kept for a review, and so is every answer. A run
        that was stopped does not go on; a new one starts from what is known.
      </ConfirmDialog>
      <ConfirmDialog
        title="Cancel the run"
        confirmLabel="Cancel the run"
        cancelLabel="Keep it running"
        tone="danger"
        open={asks === "cancel"}
        onOpenChange={(isOpen) => setAsks(isOpen ? "cancel" : null)}
        pending={control.pending === "cancel"}
        onConfirm={() => void confirm("cancel")}
      >
        What is in flight is dropped, and nothing is recommended. Answers that were paid for are kept and are
        not paid for again.
      </ConfirmDialog>
    </>
  );
}
