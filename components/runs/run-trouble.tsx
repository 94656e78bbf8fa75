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
  if (state !== "paused" || view.paused?.byPerson !== false) return null;
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
      <p>{view.paused.cause}</p>
      <p>Nothing is lost, and nothing new is paid for while it waits. {canSteer ? "" : WHO_MAY}</p>
      <RunFailures view={view} />
    </Callout>
  );
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
