import { Disclosure } from "@/components/ui/disclosure";
import type { RunView } from "@/lib/contracts/runs";
import { prepareFailures } from "@/lib/view-models/run-failures";

/** What went wrong on the way: counted, and the first causes in their own words. Nothing when all went well. */
export function RunFailures({ view, isOpen = false }: { view: RunView; isOpen?: boolean }) {
  const failures = prepareFailures(view);
  if (failures === null) return null;
  return (
    <Disclosure summary={failures.summary} defaultOpen={isOpen} className="mt-3">
      <ul className="space-y-1">
        {failures.causes.map(({ words, count }) => (
          <li key={words} className="flex gap-2">
            <span className="w-10 shrink-0 text-end text-ink-muted tabular-nums">{`${count} ×`}</span>
            <span dir="auto" className="measure min-w-0 wrap-anywhere">
              {words}
            </span>
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}
