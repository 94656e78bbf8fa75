"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { useToast } from "@/components/ui/toast";
import type { RunSnapshot } from "@/lib/contracts/runs";
import { wordsOf } from "@/lib/queries/api-fetch";
import { steerRun } from "@/lib/queries/runs";

/** A word to the model that suggests edits; it is heard at the next suggestion and stays in the log. */
export function SteerBox({ run }: { run: RunSnapshot }) {
  const [text, setText] = useState("");
  const [isPending, setPending] = useState(false);
  const { toast } = useToast();
  const send = async (input: Parameters<typeof steerRun>[1], after: string) => {
    setPending(true);
    try {
      await steerRun(run.id, input);
      toast({ title: after, mark: "done" });
      if (input.kind === "hint") setText("");
    } catch (error) {
      toast({ title: wordsOf(error), mark: "failed" });
    } finally {
      setPending(false);
    }
  };
  return (
    <section aria-labelledby="steer" className="max-w-2xl">
      <h2 id="steer" className="mb-2 font-semibold">
        Steer
      </h2>
      <Field
        label="A hint for the next edits"
        hint="Such as “never shorten the safety questions”. It is kept in the log."
      >
        <Textarea rows={2} value={text} maxLength={2000} onChange={(event) => setText(event.target.value)} />
      </Field>
      <div className="mt-2">
        <Button
          pending={isPending}
          pendingLabel="Sending"
          blockedReason={text.trim() === "" ? "Write the hint first." : undefined}
          onClick={() => void send({ kind: "hint", text: text.trim() }, "The next suggested edit hears it.")}
        >
          Give the hint
        </Button>
      </div>
      {run.view.hints.length > 0 && (
        <ul className="mt-3 space-y-1">
          {run.view.hints.map((hint) => (
            <li key={hint} className="flex flex-wrap items-center gap-2">
              <span dir="auto">“{hint}”</span>
              <Button
                size="sm"
                variant="quiet"
                onClick={() => void send({ kind: "withdraw-hint", text: hint }, "Taken back.")}
              >
                Take back
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
