"use client";

import { type FormEvent, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field, FieldError } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PageHeader } from "@/components/ui/page-header";
import { TextLink } from "@/components/ui/text-link";
import type { ErasePreview, EraseTarget, Erasure } from "@/lib/contracts/erasure";
import { fieldErrorOf, wordsOf } from "@/lib/queries/api-fetch";
import { previewErasure } from "@/lib/queries/erasure";
import { EraseHistory } from "./erase-history";
import { ErasePreviewCard } from "./erase-preview-card";

interface EraseViewProps {
  projectId: string;
  /** Whose text is to go; null = words are asked for. */
  recordId: string | null;
  initial: readonly Erasure[];
}

interface Shown {
  target: EraseTarget;
  preview: ErasePreview;
}

/** *Erase text*: say what, see everything that would go, then confirm. */
export function EraseView({ projectId, recordId, initial }: EraseViewProps) {
  const [erasures, setErasures] = useState(initial);
  const [words, setWords] = useState("");
  const [shown, setShown] = useState<Shown | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [isPending, setPending] = useState(false);
  const result = useRef<HTMLDivElement>(null);

  const look = async (target: EraseTarget) => {
    setPending(true);
    setError(null);
    setShown(null);
    try {
      setShown({ target, preview: await previewErasure(projectId, target) });
    } catch (problem) {
      setError(problem);
    } finally {
      setPending(false);
    }
  };
  useEffect(() => {
    if (shown) result.current?.focus();
  }, [shown]);

  return (
    <>
      <PageHeader
        above={<TextLink href={`/p/${projectId}/settings`}>Settings</TextLink>}
        title="Erase text"
        sentence="When somebody asks for it: their words give way to a marker, wherever they stand. Nothing else here is ever overwritten."
      />
      <div className="space-y-6">
        {recordId ? (
          <Card title="Everything that is told of one record">
            <p className="measure">
              Its question, what a good answer does, its answers, what people and judges said of them, in all
              revisions, runs and reviews.
            </p>
            <div className="mt-3 flex flex-wrap gap-3">
              <Button
                variant="primary"
                pending={isPending}
                pendingLabel="Looking"
                onClick={() => void look({ kind: "record", recordId })}
              >
                Show what would go
              </Button>
              <TextLink href={`/p/${projectId}/settings/erase`}>Erase words instead</TextLink>
            </div>
            {error !== null && <FieldError>{wordsOf(error)}</FieldError>}
          </Card>
        ) : (
          <Card title="Words, wherever they stand">
            <form
              className="flex flex-wrap items-end gap-3"
              noValidate
              onSubmit={(event: FormEvent) => {
                event.preventDefault();
                void look({ kind: "words", words });
              }}
            >
              <Field
                label="Words"
                hint="A name, a number, an address, as it is written. Capitals and blanks make no difference; parts of other words are left alone."
                error={error === null ? null : (fieldErrorOf(error, "words") ?? wordsOf(error))}
                className="min-w-0 flex-1 basis-72"
              >
                <Input
                  value={words}
                  onChange={(event) => {
                    setWords(event.target.value);
                    setShown(null);
                  }}
                  autoComplete="off"
                  maxLength={500}
                  dir="auto"
                />
              </Field>
              <Button
                type="submit"
                variant="primary"
                pending={isPending}
                pendingLabel="Looking"
                blockedReason={words.trim().length < 3 ? "Write at least three letters." : undefined}
              >
                Show what would go
              </Button>
            </form>
            <p className="measure mt-3 text-ink-muted">
              To erase one record with all that is told of it, open the record and choose “Erase its text”.
            </p>
          </Card>
        )}
        <div ref={result} tabIndex={-1} className="outline-none">
          {shown && (
            <ErasePreviewCard
              projectId={projectId}
              target={shown.target}
              preview={shown.preview}
              onErased={(erasure) => {
                setErasures([erasure, ...erasures]);
                setShown(null);
                setWords("");
              }}
              onLookAgain={() => void look(shown.target)}
            />
          )}
        </div>
        <EraseHistory erasures={erasures} />
      </div>
    </>
  );
}
