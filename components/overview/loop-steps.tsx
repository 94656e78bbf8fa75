import Link from "next/link";
import { cx } from "@/components/ui/cx";
import { Mark } from "@/components/ui/mark";
import type { Overview } from "@/lib/contracts/overview";

/** The loop: each step with its state in a word, and where this person is. */
export function LoopSteps({ steps }: { steps: Overview["loop"] }) {
  return (
    <section>
      <h2 className="mb-2 font-semibold">The loop</h2>
      <ol className="grid grid-cols-1 gap-2 sm:grid-cols-2 lg:grid-cols-3">
        {steps.map((step) => (
          <li key={step.step} className="min-w-0">
            <Link
              href={step.href}
              aria-current={step.isNext ? "step" : undefined}
              className={cx(
                "flex min-h-11 items-baseline gap-2 rounded-lg border px-3 py-2.5 hover:bg-hover",
                step.isNext ? "border-accent bg-selected" : "border-line",
              )}
            >
              <Mark kind={step.state} />
              <span className="font-medium">{step.title}</span>
              <span className="min-w-0 truncate text-ink-muted">{step.words}</span>
              {step.isNext && <span className="ml-auto shrink-0 text-sm text-accent">you are here</span>}
            </Link>
          </li>
        ))}
      </ol>
    </section>
  );
}
