"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { OptimizationRecord } from "@/lib/contracts/records";
import { prepareChanges } from "@/lib/view-models/record-changes";
import { mergeDrafts, prepareConflict, type Side } from "@/lib/view-models/record-conflict";
import { type DraftPart, type RecordDraft, toDraft } from "@/lib/view-models/record-draft";
import { ChangedText } from "./changes-list";

interface ConflictViewProps {
  base: RecordDraft;
  mine: RecordDraft;
  theirs: OptimizationRecord;
  onSettle: (draft: RecordDraft) => void;
}

/** Two people changed one record: both texts, part by part, and whose shall stand. Nothing is lost either way. */
export function ConflictView({ base, mine, theirs, onSettle }: ConflictViewProps) {
  const other = toDraft(theirs);
  const parts = prepareConflict(base, mine, other);
  const [chosen, setChosen] = useState<Partial<Record<DraftPart, Side>>>({});
  const sideOf = (part: DraftPart): Side =>
    chosen[part] ?? parts.find((one) => one.part === part)?.proposed ?? "mine";
  const merged = () =>
    mergeDrafts(mine, other, Object.fromEntries(parts.map(({ part }) => [part, sideOf(part)])));
  const who = theirs.updatedBy;
  return (
    <section aria-labelledby="conflict-title" className="space-y-4">
      <div>
        <h3 id="conflict-title" className="text-base font-semibold">
          {who} changed this record while you were editing
        </h3>
        <p className="measure mt-1 text-ink-muted">
          Nothing was saved over the other text, and nothing is lost: what you do not choose stays in the
          history or comes back with Undo.
        </p>
      </div>
      {prepareChanges(other, mine).map((change) => (
        <fieldset key={change.part} className="rounded-md border border-line p-3">
          <legend className="px-1 font-medium">{change.name}</legend>
          <p className="mb-1 text-xs text-ink-muted">
            From {who}&apos;s text to yours: <del>struck</del> is theirs, <ins>underlined</ins> is yours.
          </p>
          <ChangedText change={change} />
          <div className="mt-2 flex flex-wrap gap-x-5 gap-y-1">
            {(["mine", "theirs"] as const).map((side) => (
              <label key={side} className="flex min-h-7 items-center gap-2">
                <input
                  type="radio"
                  name={`conflict-${change.part}`}
                  className="size-4 accent-accent"
                  checked={sideOf(change.part) === side}
                  onChange={() => setChosen({ ...chosen, [change.part]: side })}
                />
                {side === "mine" ? "Keep mine" : `Take ${who}'s`}
              </label>
            ))}
          </div>
        </fieldset>
      ))}
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" onClick={() => onSettle(merged())}>
          Save this choice
        </Button>
        <Button onClick={() => onSettle(mine)}>Keep all of mine</Button>
        <Button onClick={() => onSettle(other)}>Take all of {who}&apos;s</Button>
      </div>
    </section>
  );
}
