"use client";

import type { MouseEvent } from "react";
import type { RecordRow } from "@/lib/contracts/records";
import type { RowChoice } from "./use-row-choice";

interface RowTickProps {
  row: RecordRow;
  isTicked: boolean;
  /** With Shift all rows between this one and the last one ticked. */
  onTick: (isRange: boolean) => void;
}

const BOX = "size-4.5 accent-(--accent)";
/** The whole cell takes the press: 24 px at least, also for thumbs. */
const TARGET = "grid size-9 -mx-2 place-items-center";

/** Ticks a record for an act on many. */
export function RowTick({ row, isTicked, onTick }: RowTickProps) {
  return (
    <label className={TARGET}>
      <input
        type="checkbox"
        aria-label={`Choose ${row.question || "the record without a question"}`}
        className={BOX}
        checked={isTicked}
        onChange={() => undefined}
        onClick={(event: MouseEvent) => onTick(event.shiftKey)}
      />
    </label>
  );
}

function AllTick({ choice, total }: { choice: RowChoice; total: number }) {
  const isAll = choice.count === total && total > 0;
  return (
    <label className={TARGET}>
      <input
        type="checkbox"
        aria-label={`Choose all ${total.toLocaleString("en")} that fit`}
        className={BOX}
        checked={isAll}
        ref={(box) => {
          if (box) box.indeterminate = choice.count > 0 && !isAll;
        }}
        onChange={choice.toggleAll}
      />
    </label>
  );
}

RowTick.All = AllTick;
