import { Button } from "@/components/ui/button";
import type { Preflight } from "@/lib/contracts/runs";
import { lanesWords } from "@/lib/view-models/run-probe";

interface LaunchLanesProps {
  lanes: NonNullable<Preflight["lanes"]>;
  onTake(lanes: string): void;
}

/** A suggestion from the measured pace. One at a time stays the choice until somebody takes it. */
export function LaunchLanes({ lanes, onTake }: LaunchLanesProps) {
  return (
    <section aria-labelledby="lanes">
      <h2 id="lanes" className="mb-1 font-semibold">
        It could be quicker
      </h2>
      <p className="mb-2 text-ink-muted">{lanesWords(lanes)}</p>
      <Button onClick={() => onTake(String(lanes.suggested))}>{`Try ${lanes.suggested} at once`}</Button>
    </section>
  );
}
