import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/loading-skeleton";
import { Term } from "@/components/ui/term";
import type { Preflight } from "@/lib/contracts/runs";

/** What the budget will probably buy, and what is never exceeded (ux.md, moment 7). */
export function LaunchForecast({ preflight }: { preflight: Preflight | null }) {
  return (
    <Card emphasis="raised" title={<Term code="forecast">Forecast</Term>}>
      <div className="min-h-32" aria-live="polite">
        {preflight ? (
          <>
            <p className="font-medium">{preflight.sentence}</p>
            <p className="mt-2 text-ink-muted">{preflight.detail}</p>
            <p className="mt-2 text-ink-muted">
              {preflight.trainset} <Term code="practice">practice records</Term>, compared on{" "}
              {preflight.valset} of them.
            </p>
          </>
        ) : (
          <div className="space-y-2">
            <Skeleton className="h-4 w-full" />
            <Skeleton className="h-4 w-4/5" />
            <Skeleton className="h-4 w-3/5" />
          </div>
        )}
      </div>
    </Card>
  );
}
