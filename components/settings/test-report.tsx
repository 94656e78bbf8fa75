import { Mark } from "@/components/ui/mark";
import type { ConnectionTest } from "@/lib/contracts/projects";

const MARKS = { ok: "done", failed: "failed", skipped: "open" } as const;
const WORDS = { ok: "works", failed: "failed", skipped: "not tried" } as const;

/** What a test of a connection found, step by step. */
export function TestReport({ report }: { report: Pick<ConnectionTest, "headline" | "steps"> }) {
  return (
    <div role="status" className="rounded-lg bg-sunken p-3">
      <p className="font-medium">{report.headline}</p>
      <ul className="mt-2 space-y-1">
        {report.steps.map((step) => (
          <li key={step.name} className="flex flex-wrap items-baseline gap-x-2">
            <Mark kind={MARKS[step.status]} word={WORDS[step.status]} />
            <span>{step.name}</span>
            <span className="min-w-0 text-ink-muted">
              {step.detail}
              {step.ms === null ? "" : ` ${Math.round(step.ms)} ms.`}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
