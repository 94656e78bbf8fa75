"use client";

import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { LocalTime } from "@/components/ui/local-time";
import type { JudgeView } from "@/lib/contracts/judges";
import type { StandardChangeView } from "@/lib/contracts/standards";
import { undoStandardChange } from "@/lib/queries/judge-checks";
import { changeWords } from "@/lib/view-models/judge-standard";
import { ProblemLine } from "./problem-line";
import { Section } from "./section";
import { useAct } from "./use-act";

interface StandardHistoryProps {
  judge: JudgeView;
  changes: readonly StandardChangeView[];
}

/** Changes of the standard so far; each can bring its labels back. */
export function StandardHistory({ judge, changes }: StandardHistoryProps) {
  const router = useRouter();
  const { isPending, problem, run } = useAct();
  const undo = (id: string) =>
    void run(async () => {
      await undoStandardChange(judge.id, id);
      router.refresh();
    });
  return (
    <Section id="history" title="Changes so far">
      <ProblemLine problem={problem} />
      <ul className="divide-y divide-line rounded-lg border border-line bg-raised">
        {changes.map((change) => (
          <li key={change.id} className="flex flex-wrap items-baseline gap-x-4 gap-y-2 p-4">
            <div className="min-w-0 flex-1 basis-72">
              <p dir="auto" className="font-medium">
                {change.reason}
              </p>
              <p className="text-ink-muted">
                {changeWords(change)} {change.createdBy}, <LocalTime at={change.createdAt} />
              </p>
            </div>
            {change.undoneAt === null ? (
              <Button size="sm" pending={isPending} onClick={() => undo(change.id)}>
                Bring the labels back
              </Button>
            ) : (
              <span className="text-ink-muted">The labels are back.</span>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
