"use client";

import { useEffect } from "react";
import { useAnnounce } from "@/components/ui/announcer";
import { Button } from "@/components/ui/button";
import { Mark } from "@/components/ui/mark";
import { TextLink } from "@/components/ui/text-link";
import type { OutboxState } from "@/lib/queries/label-outbox";
import type { LabelNotice } from "./use-notice";

/** ux.md, moment 4. */
const KEPT = "Kept in this tab. It is sent when the connection is back; you can go on.";
const SIGNED_OUT = "Kept in this tab: your session has ended. It is sent once you have signed in again.";

interface LabelStripProps {
  notice: LabelNotice | null;
  sending: OutboxState;
  /** Null when there is nothing to take back. */
  onUndo: (() => void) | null;
}

/** What became of the last label, above the grades; no message ever lies over them. */
export function LabelStrip({ notice, sending, onUndo }: LabelStripProps) {
  const { trouble } = sending;
  const announce = useAnnounce();
  useEffect(() => {
    if (trouble) announce(trouble === "offline" ? KEPT : SIGNED_OUT);
  }, [trouble, announce]);
  const undo = notice?.undo ?? onUndo;
  return (
    <div className="mb-2 flex min-h-7 flex-wrap items-center justify-between gap-x-4 gap-y-1 text-sm text-ink-muted">
      <div className="min-w-0">{trouble ? <Trouble trouble={trouble} /> : <Words notice={notice} />}</div>
      {undo && (
        <Button size="sm" variant="quiet" onClick={undo}>
          Undo
        </Button>
      )}
    </div>
  );
}

function Trouble({ trouble }: { trouble: NonNullable<OutboxState["trouble"]> }) {
  return (
    <p className="text-warning">
      <Mark kind="warning" isDecoration /> {trouble === "offline" ? KEPT : SIGNED_OUT}{" "}
      {trouble === "signed-out" && (
        <TextLink href="/sign-in" target="_blank">
          Sign in, in a new tab
        </TextLink>
      )}
    </p>
  );
}

function Words({ notice }: { notice: LabelNotice | null }) {
  if (!notice) return <p>What the judge says is shown after the batch.</p>;
  const isWarning = notice.tone === "warning";
  return (
    <p className={isWarning ? "text-worse" : "text-ink"} dir="auto">
      <Mark kind={isWarning ? "failed" : "done"} isDecoration /> {notice.words}
    </p>
  );
}
