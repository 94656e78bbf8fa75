"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { useToast } from "@/components/ui/toast";
import type { Disagreement, GradeChoice } from "@/lib/contracts/labels";
import { wordsOf } from "@/lib/queries/api-fetch";
import { reopenDisagreement, settleDisagreement } from "@/lib/queries/labels";

interface SettleFormProps {
  projectId: string;
  item: Disagreement;
  grades: readonly GradeChoice[];
}

/** The lead expert decides, with a reason; a decision can be opened again. */
export function SettleForm({ projectId, item, grades }: SettleFormProps) {
  const { act, isPending, problem } = useDecision();
  const [grade, setGrade] = useState(grades[0]?.text ?? "");
  const [reason, setReason] = useState("");
  if (item.settled) {
    return (
      <Button
        size="sm"
        pending={isPending}
        onClick={() => void act(() => reopenDisagreement(projectId, item), "Open again: every label counts.")}
      >
        Open it again
      </Button>
    );
  }
  const settle = (event: FormEvent) => {
    event.preventDefault();
    const value = grades.find(({ text }) => text === grade)?.value;
    if (value === undefined) return;
    void act(
      () => settleDisagreement(projectId, item, { value, reason }),
      "Settled. The judge is taught with the labels that say the same.",
    );
  };
  return (
    <form
      onSubmit={settle}
      className="measure flex flex-wrap items-end gap-2 rounded-md border border-line bg-sunken p-3"
    >
      <Field id={`settle-grade-${item.traceId}`} label="Settle it as" className="w-28">
        <Select
          options={grades.map(({ text }) => ({ value: text, label: text }))}
          value={grade}
          onValueChange={setGrade}
        />
      </Field>
      <Field id={`settle-why-${item.traceId}`} label="Because" className="min-w-48 flex-1" error={problem}>
        <Input
          dir="auto"
          required
          maxLength={10_000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </Field>
      <Button type="submit" pending={isPending} pendingLabel="Saving">
        Settle
      </Button>
    </form>
  );
}

function useDecision() {
  const router = useRouter();
  const { toast } = useToast();
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const act = async (work: () => Promise<unknown>, words: string) => {
    setPending(true);
    setProblem(null);
    try {
      await work();
      toast({ title: words, mark: "done" });
      router.refresh();
    } catch (error) {
      setProblem(wordsOf(error));
    } finally {
      setPending(false);
    }
  };
  return { act, isPending, problem };
}
