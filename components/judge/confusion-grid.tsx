"use client";

import { useState } from "react";
import { TextBlock } from "@/components/ui/text-block";
import type { AgreementTable } from "@/lib/contracts/judges";

interface ConfusionGridProps {
  table: Pick<AgreementTable, "confusion" | "cases">;
  /** The version that it is of. */
  name: string;
}

/** More columns than this are no picture any more. */
const MOST_GRADES = 10;

/** How often which grade of the experts met which grade of the judge; each cell opens its cases. */
export function ConfusionGrid({ table: { confusion, cases }, name }: ConfusionGridProps) {
  const { grades, grid } = confusion;
  const [open, setOpen] = useState<{ expert: string; judge: string } | null>(null);
  if (grades.length === 0) return null;
  if (grades.length > MOST_GRADES)
    return (
      <p className="text-ink-muted">
        Which grade met which is shown of at most {MOST_GRADES} grades; this scale has {grades.length}.
      </p>
    );
  const opened = cases.filter(({ expert, judge }) => expert === open?.expert && judge === open.judge);
  return (
    <div className="overflow-x-auto">
      <table className="border-collapse tabular-nums">
        <caption className="pb-2 text-start text-ink-muted">
          Labels by the experts' grade (rows) and the grade of {name} (columns)
        </caption>
        <thead>
          <tr>
            <th scope="col" className="px-3 text-start text-xs font-medium text-ink-muted">
              Experts
            </th>
            {grades.map((grade) => (
              <th
                key={grade}
                scope="col"
                className="h-8 min-w-10 px-2 text-center text-xs font-medium text-ink-muted"
              >
                {grade}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {grid.map((row, expert) => (
            <tr key={grades[expert]}>
              <th scope="row" className="px-3 text-start text-xs font-medium text-ink-muted">
                {grades[expert]}
              </th>
              {row.map((count, judge) => (
                <td
                  key={grades[judge]}
                  className={`h-8 border border-line px-2 text-center ${expert === judge ? "bg-accent-soft" : ""} ${count === 0 ? "text-ink-faint" : ""}`}
                >
                  <Cell
                    count={count}
                    label={`Experts ${grades[expert]}, judge ${grades[judge]}: ${count}`}
                    isOpen={open?.expert === grades[expert] && open?.judge === grades[judge]}
                    onOpen={() => setOpen({ expert: grades[expert] ?? "", judge: grades[judge] ?? "" })}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {open && (
        <div className="mt-3 space-y-2" aria-live="polite">
          <p className="text-ink-muted">
            Experts {open.expert}, {name} {open.judge}:
          </p>
          <ul className="divide-y divide-line rounded-lg border border-line bg-raised">
            {opened.map(({ labelId, question, rationale }) => (
              <li key={labelId} className="space-y-1 p-3">
                <p dir="auto" className="font-medium">
                  {question}
                </p>
                <TextBlock text={rationale ?? ""} maxLines={4} emptyText="No words of the judge are kept." />
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

interface CellProps {
  count: number;
  label: string;
  isOpen: boolean;
  onOpen: () => void;
}

function Cell({ count, label, isOpen, onOpen }: CellProps) {
  if (count === 0) return count;
  return (
    <button
      type="button"
      aria-label={label}
      aria-pressed={isOpen}
      onClick={onOpen}
      className="size-full min-h-6 min-w-6 underline decoration-dotted underline-offset-4 hover:bg-hover"
    >
      {count}
    </button>
  );
}
