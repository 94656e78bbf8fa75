"use client";

import { type FormEvent, useId, useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field, FieldError } from "@/components/ui/field";
import { LocalTime } from "@/components/ui/local-time";
import { Textarea } from "@/components/ui/textarea";
import type { ReviewView } from "@/lib/contracts/reviews";
import { wordsOf } from "@/lib/queries/api-fetch";
import type { ActOnReview } from "./evidence-panel";

interface CommentsPanelProps {
  review: ReviewView;
  act: ActOnReview;
  /** The sentence that is commented on; null = the whole. */
  line: string | null;
  onLineChange: (line: string | null) => void;
  /** Takes the focus when a comment or question is begun. */
  inputId: string;
}

/** What people said and asked about this change. */
export function CommentsPanel({ review, act, line, onLineChange, inputId }: CommentsPanelProps) {
  const { comments, you } = review;
  return (
    <Card
      title={comments.length === 0 ? "Comments and questions" : `Comments and questions (${comments.length})`}
      id="comments"
    >
      {comments.length === 0 && <p className="text-ink-muted">Nobody has said anything yet.</p>}
      <ul className="divide-y divide-line">
        {comments.map(({ id, author, text, line: about, kind, createdAt }) => (
          <li key={id} className="py-2.5 first:pt-0">
            <p className="flex flex-wrap items-center gap-x-2 text-sm text-ink-muted">
              <span className="font-medium text-ink">{author}</span>
              {kind === "question" && <Badge tone="accent">question</Badge>}
              <LocalTime at={createdAt} form="full" />
            </p>
            {about && (
              <p className="border-s-2 border-line ps-2 text-sm text-ink-muted" dir="auto">
                {about}
              </p>
            )}
            <p className="reading" dir="auto">
              {text}
            </p>
          </li>
        ))}
      </ul>
      {you.mayComment ? (
        <CommentForm act={act} line={line} onLineChange={onLineChange} inputId={inputId} />
      ) : (
        <p className="mt-3 text-ink-muted">Experts, engineers and approvers of this project can comment.</p>
      )}
    </Card>
  );
}

function CommentForm({ act, line, onLineChange, inputId }: Omit<CommentsPanelProps, "review">) {
  const [text, setText] = useState("");
  const [isTried, setTried] = useState(false);
  const hintId = useId();
  const send = (as: "comment" | "question") => {
    setTried(true);
    if (text.trim() === "") return;
    const done = () => {
      setText("");
      setTried(false);
      onLineChange(null);
    };
    act.mutate({ kind: "comment", text: text.trim(), line, as }, { onSuccess: done });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send("comment");
  };
  const isMine = act.variables?.kind === "comment";
  return (
    <form onSubmit={submit} className="mt-3 space-y-2" data-print="hide" noValidate>
      {line && (
        <p className="flex flex-wrap items-center gap-2 text-sm text-ink-muted" id={hintId}>
          <span dir="auto" className="border-s-2 border-accent ps-2">
            {line}
          </span>
          <Button size="sm" variant="quiet" onClick={() => onLineChange(null)}>
            About the whole instead
          </Button>
        </p>
      )}
      <Field
        label={line ? "Your words on this sentence" : "Your words"}
        id={inputId}
        error={isTried && text.trim() === "" ? "Write something first." : null}
      >
        <Textarea
          value={text}
          onChange={(event) => setText(event.target.value)}
          rows={2}
          aria-describedby={line ? hintId : undefined}
        />
      </Field>
      {isMine && act.error && <FieldError>{wordsOf(act.error)}</FieldError>}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" size="sm" pending={isMine && act.isPending}>
          Comment
        </Button>
        <Button size="sm" variant="quiet" onClick={() => send("question")}>
          Ask
        </Button>
      </div>
    </form>
  );
}
