import type { AgreementTable } from "@/lib/contracts/judges";

interface ConfusionGridProps {
  confusion: AgreementTable["confusion"];
  /** The version that it is of. */
  name: string;
}

/** How often which grade of the experts met which grade of the judge. */
export function ConfusionGrid({ confusion, name }: ConfusionGridProps) {
  const { grades, grid } = confusion;
  if (grades.length === 0 || grades.length > 10) return null;
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
                  {count}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
