"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { ProgressBar } from "@/components/ui/progress-bar";
import { useToast } from "@/components/ui/toast";
import type { EvaluationView } from "@/lib/contracts/evaluations";
import type { JobView } from "@/lib/contracts/jobs";
import { controlRound } from "@/lib/queries/answers";
import { wordsOf } from "@/lib/queries/api-fetch";
import { stateWords } from "@/lib/view-models/answer-words";

interface RoundProgressProps {
  round: EvaluationView;
  job: JobView | null;
  mayControl: boolean;
}

/** A round at work: how far, why it rests, and pause, resume, cancel. */
export function RoundProgress({ round, job, mayControl }: RoundProgressProps) {
  const { done, total } = job ?? { done: round.answered, total: round.total };
  const isPaused = round.state === "paused";
  const cause = job?.cause ?? round.cause;
  return (
    <Card className="mb-4">
      <ProgressBar
        label="Answers"
        value={done}
        max={total}
        text={`${done} of ${total} answers, ${stateWords(round)}`}
      />
      {isPaused && cause && (
        <Callout tone="warning" title="Paused" className="mt-3">
          {cause} What is answered is kept and is not paid for again.
        </Callout>
      )}
      {mayControl && <Controls roundId={round.id} isPaused={isPaused} />}
    </Card>
  );
}

function Controls({ roundId, isPaused }: { roundId: string; isPaused: boolean }) {
  const client = useQueryClient();
  const { toast } = useToast();
  const [pending, setPending] = useState<string | null>(null);
  const act = async (action: "pause" | "resume" | "cancel"): Promise<void> => {
    setPending(action);
    try {
      await controlRound(roundId, action);
    } catch (error) {
      toast({ title: wordsOf(error), mark: "failed" });
    } finally {
      setPending(null);
      await client.invalidateQueries({ queryKey: ["round", roundId] });
    }
  };
  const main = isPaused ? "resume" : "pause";
  return (
    <div className="mt-3 flex flex-wrap gap-2">
      <Button pending={pending === main} onClick={() => void act(main)}>
        {isPaused ? "Resume" : "Pause"}
      </Button>
      <Button variant="quiet" pending={pending === "cancel"} onClick={() => void act("cancel")}>
        Cancel, keep what is answered
      </Button>
    </div>
  );
}
