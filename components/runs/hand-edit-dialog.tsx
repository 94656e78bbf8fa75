"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import { useToast } from "@/components/ui/toast";
import { wordsOf } from "@/lib/queries/api-fetch";
import { steerRun } from "@/lib/queries/runs";
import { candidateInSentence } from "@/lib/view-models/run-names";

interface HandEditDialogProps {
  runId: string;
  /** The candidate that the edit starts from, with its text. */
  parentId: string;
  components: Readonly<Record<string, string>>;
  onClose(): void;
}

/** A candidate's text to be changed by hand; it is tried next, and scored like any other. */
export function HandEditDialog({ runId, parentId, components, onClose }: HandEditDialogProps) {
  const { toast } = useToast();
  const [texts, setTexts] = useState<Record<string, string>>({ ...components });
  const [summary, setSummary] = useState("");
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const names = Object.keys(components);
  const changed = names.filter((name) => texts[name] !== components[name]);
  const send = async () => {
    setPending(true);
    setProblem(null);
    try {
      const own = Object.fromEntries(changed.map((name) => [name, texts[name] ?? ""]));
      await steerRun(runId, { kind: "add-candidate", parentId, components: own, summary: summary.trim() });
      toast({ title: "Your text is the next to be tried.", mark: "done" });
      onClose();
    } catch (error) {
      setProblem(wordsOf(error));
      setPending(false);
    }
  };
  return (
    <Dialog
      size="xl"
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Edit ${candidateInSentence(parentId)} by hand`}
      description="Your text is checked, then scored on the same records as the suggested edits. History says that you wrote it."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            pending={isPending}
            pendingLabel="Sending"
            blockedReason={changed.length === 0 ? "Change the text first." : undefined}
            onClick={() => void send()}
          >
            Try this text
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        {names.map((name) => (
          <Field key={name} label={names.length === 1 ? "Text" : name}>
            <Textarea
              rows={names.length === 1 ? 16 : 8}
              dir="auto"
              value={texts[name] ?? ""}
              onChange={(event) => setTexts({ ...texts, [name]: event.target.value })}
            />
          </Field>
        ))}
        <Field label="What it tries" optional hint="One line, for the list of candidates and the log.">
          <Input value={summary} maxLength={500} onChange={(event) => setSummary(event.target.value)} />
        </Field>
        {problem && (
          <p role="alert" className="text-worse">
            {problem}
          </p>
        )}
      </div>
    </Dialog>
  );
}
