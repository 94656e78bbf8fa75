"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { LocalTime } from "@/components/ui/local-time";
import { Textarea } from "@/components/ui/textarea";
import type { Disagreement } from "@/lib/contracts/labels";
import { wordsOf } from "@/lib/queries/api-fetch";
import { addNote } from "@/lib/queries/labels";

interface DisagreementTalkProps {
  projectId: string;
  item: Disagreement;
  mayWrite: boolean;
}

/** What experts say to each other about one answer. */
export function DisagreementTalk({ projectId, item, mayWrite }: DisagreementTalkProps) {
  const router = useRouter();
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [isPending, setPending] = useState(false);
  const say = async (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === "") return setProblem("Write a few words first.");
    setPending(true);
    setProblem(null);
    try {
      await addNote(projectId, item, text);
      setText("");
      router.refresh();
    } catch (error) {
      setProblem(wordsOf(error));
    } finally {
      setPending(false);
    }
  };
  return (
    <div className="measure space-y-2">
      {item.notes.length > 0 && (
        <ul className="space-y-2">
          {item.notes.map(({ id, author, isMine, text: said, createdAt }) => (
            <li key={id}>
              <p className="text-sm text-ink-muted">
                {isMine ? "you" : author}, <LocalTime at={createdAt} />
              </p>
              <p dir="auto" className="whitespace-pre-wrap">
                {said}
              </p>
            </li>
          ))}
        </ul>
      )}
      {mayWrite && (
        <form onSubmit={say} className="space-y-2">
          <Field id={`note-${item.traceId}`} label="Talk about it" error={problem}>
            <Textarea
              dir="auto"
              rows={2}
              maxLength={5_000}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          </Field>
          <Button size="sm" type="submit" pending={isPending} pendingLabel="Saving">
            Say it
          </Button>
        </form>
      )}
    </div>
  );
}
