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
/** More than the box takes the press: 28 px, and 44 for thumbs, without making the row higher than 36. */
const TARGET = "grid size-7 -mx-1 place-items-center max-sm:size-11 max-sm:-me-3 max-sm:-mt-2";

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
