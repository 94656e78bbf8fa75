import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import type { ImportState } from "@/lib/contracts/record-imports";

/** An import that goes on, or waits for somebody, met on a page that was loaded anew. */
export function ImportNotice({ state, onLook }: { state: ImportState; onLook: () => void }) {
  const lines = `${state.done.toLocaleString("en")} of ${state.total.toLocaleString("en")} lines were written when this page came.`;
  const title = {
    paused: "An import is paused.",
    failed: "An import stopped before its end.",
  }[state.state as string];
  return (
    <Callout
      tone={title === undefined ? "neutral" : "warning"}
      title={title ?? "An import is at work."}
      className="mb-4"
      actions={<Button onClick={onLook}>See how far it is</Button>}
    >
      {lines} Its records appear together when all are there.
    </Callout>
  );
}
