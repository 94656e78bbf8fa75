"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";
import type { RunSnapshot } from "@/lib/contracts/runs";
import { wordsOf } from "@/lib/queries/api-fetch";
import { steerRun } from "@/lib/queries/runs";
import { capOf, wholeOr } from "@/lib/view-models/run-launch";

/** Gives a run that goes on more room. Each limit can only be raised. */
export function RaiseBudgetDialog({ run, onClose }: { run: RunSnapshot; onClose(): void }) {
  const { toast } = useToast();
  const { maxMetricCalls } = run.view;
  const { maxUsd, maxMinutes } = run.caps;
  const [answers, setAnswers] = useState(String(2 * maxMetricCalls));
  const [usd, setUsd] = useState(maxUsd === null ? "" : String(maxUsd));
  const [minutes, setMinutes] = useState(maxMinutes === null ? "" : String(maxMinutes));
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const send = async () => {
    setPending(true);
    setProblem(null);
    try {
      await steerRun(run.id, {
        kind: "raise-budget",
        maxMetricCalls: wholeOr(answers, 1, 100_000, maxMetricCalls),
        maxUsd: capOf(usd),
        maxMinutes: capOf(minutes),
      });
      toast({ title: "The new limits hold from the next decision on.", mark: "done" });
      onClose();
    } catch (error) {
      setProblem(wordsOf(error));
      setPending(false);
    }
  };
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Raise the budget"
      description="Limits are raised, never lowered. What is not used is not paid for."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" pending={isPending} pendingLabel="Raising" onClick={() => void send()}>
            Raise the budget
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        <Field label="Scored answers, at most" hint={`Now ${maxMetricCalls}.`}>
          <Input inputMode="numeric" value={answers} onChange={(event) => setAnswers(event.target.value)} />
        </Field>
        {maxUsd !== null && (
          <Field label="Money, at most, in $" hint={`Now $${maxUsd}.`}>
            <Input inputMode="decimal" value={usd} onChange={(event) => setUsd(event.target.value)} />
          </Field>
        )}
        {maxMinutes !== null && (
          <Field label="Minutes, at most" hint={`Now ${maxMinutes}.`}>
            <Input inputMode="decimal" value={minutes} onChange={(event) => setMinutes(event.target.value)} />
          </Field>
        )}
        {problem && (
          <p role="alert" className="text-worse">
            {problem}
          </p>
        )}
      </div>
    </Dialog>
  );
}
