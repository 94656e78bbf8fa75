"use client";

import { useEffect, useRef } from "react";
import { useAnnounce } from "@/components/ui/announcer";
import { Button } from "@/components/ui/button";
import { Mark } from "@/components/ui/mark";
import { Spinner } from "@/components/ui/spinner";
import type { SaveState } from "./record-autosave";

const TIME = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

/** Where the words are: here, on their way, or saved. Only trouble is read out, and the end of it. */
export function SaveStatus({ save, onRetry }: { save: SaveState; onRetry: () => void }) {
  const announce = useAnnounce();
  const last = useRef(save.kind);
  useEffect(() => {
    const before = last.current;
    last.current = save.kind;
    if (before === save.kind) return;
    if (save.kind === "kept" || save.kind === "refused") announce(wordsFor(save));
    if (save.kind === "saved" && before !== "saving") announce("Saved.");
  }, [save, announce]);
  if (save.kind === "clean") return null;
  const isTrouble = save.kind === "kept" || save.kind === "refused" || save.kind === "conflict";
  return (
    <span data-save={save.kind} className="flex flex-wrap items-center gap-x-2 gap-y-1 text-ink-muted">
      {save.kind === "saving" && <Spinner className="size-3.5" />}
      {isTrouble && <Mark kind="warning" isDecoration />}
      <span className={isTrouble ? "text-warning" : "whitespace-nowrap tabular-nums"}>{wordsFor(save)}</span>
      {save.kind === "kept" && (
        <Button size="sm" onClick={onRetry}>
          Try again
        </Button>
      )}
    </span>
  );
}

function wordsFor(save: SaveState): string {
  switch (save.kind) {
    case "clean":
      return "";
    case "waiting":
    case "saving":
      return "Saving…";
    case "saved":
      return `Saved ${TIME.format(save.at)}`;
    case "kept":
      return "Could not save: kept in this tab";
    case "refused":
      return "Not saved: kept in this tab";
    case "conflict":
      return "Changed by somebody else";
  }
}
