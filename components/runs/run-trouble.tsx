import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { LinkButton } from "@/components/ui/link-button";
import type { RunSnapshot } from "@/lib/contracts/runs";
import { RunFailures } from "./run-failures";
import type { RunControl } from "./use-run-control";

interface RunTroubleProps {
  run: RunSnapshot;
  canSteer: boolean;
  control: RunControl;
}

const WHO_MAY = "An engineer or an admin of this project can resume it.";

/** Why a run stands still, what is kept, and what to do about it. */
export function RunTrouble({ run, canSteer, control }: RunTroubleProps) {
  const { state, view, cause, projectId } = run;
  const settings = <LinkButton href={`/p/${projectId}/settings`}>Models and connections</LinkButton>;
  if (state === "failed") {
    return (
      <Callout
        tone="worse"
        title="The run stopped with an error."
        actions={canSteer && <Resume control={control} words="Take it up again" />}
      >
        <p>{view.failed ?? cause ?? "The cause is not known."}</p>
        <p>
          Everything scored so far is kept and is not paid for again.{" "}
          {canSteer ? "Taken up again, it goes on from there." : WHO_MAY}
        </p>
        <RunFailures view={view} isOpen />
      </Callout>
    );
  }
  if (state === "cancelled") {
    return (
      <Callout
        title="The run was cancelled."
        actions={<LinkButton href={`/p/${projectId}/runs/new`}>Start another run</LinkButton>}
      >
        {cause ?? ""} Answers that were paid for are kept; the next run uses them.
      </Callout>
    );
  }
  const words = waitsFor(run);
  if (words === null) return null;
  return (
    <Callout
      tone="warning"
      title="The run waits."
      actions={
        canSteer && (
          <>
            <Resume control={control} words="Try again" />
            {settings}
          </>
        )
      }
    >
      <p>{words}</p>
      <p>Nothing is lost, and nothing new is paid for while it waits. {canSteer ? "" : WHO_MAY}</p>
      <RunFailures view={view} />
    </Callout>
  );
}

/**
 * Why it waits, when no person paused it. A run that was parked from outside (a restore, a full disk) has nothing of it
 * in its journal: its job has the cause.
 */
function waitsFor({ state, view, cause }: RunTroubleProps["run"]): string | null {
  if (state !== "paused") return null;
  if (view.paused === null) return cause;
  return view.paused.byPerson ? null : view.paused.cause;
}

function Resume({ control, words }: { control: RunControl; words: string }) {
  return (
    <Button
      pending={control.pending === "resume"}
      pendingLabel="Resuming"
      onClick={() => void control.act("resume")}
    >
      {words}
    </Button>
  );
}
