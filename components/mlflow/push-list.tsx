"use client";

import { useMutation } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import { FieldError } from "@/components/ui/field";
import { LocalTime } from "@/components/ui/local-time";
import { Mark } from "@/components/ui/mark";
import type { MlflowPushView } from "@/lib/contracts/mlflow";
import { wordsOf } from "@/lib/queries/api-fetch";
import { pushMlflowAgain } from "@/lib/queries/mlflow";
import { pushLine, pushState } from "@/lib/view-models/mlflow-words";

interface PushListProps {
  projectId: string;
  pushes: readonly MlflowPushView[];
  onChanged(): void;
}

/** Promotions and rollbacks that were written there, or are to be; newest first. */
export function PushList({ projectId, pushes, onChanged }: PushListProps) {
  const again = useMutation({
    mutationFn: ({ id, force }: { id: string; force: boolean }) => pushMlflowAgain(projectId, id, force),
    onSettled: onChanged,
  });
  return (
    <div>
      <h3 className="font-semibold">Written there</h3>
      {pushes.length === 0 && <p className="text-ink-muted">Nothing yet.</p>}
      {again.error && <FieldError>{wordsOf(again.error)}</FieldError>}
      <ul className="divide-y divide-line" aria-live="polite">
        {pushes.map((push) => (
          <PushRow
            key={push.id}
            push={push}
            isPending={again.isPending && again.variables.id === push.id}
            onAgain={(force) => again.mutate({ id: push.id, force })}
          />
        ))}
      </ul>
    </div>
  );
}

function PushRow({
  push,
  isPending,
  onAgain,
}: {
  push: MlflowPushView;
  isPending: boolean;
  onAgain(force: boolean): void;
}) {
  const { state, attempts, lastError, nextAt, createdAt, steps } = push;
  const { mark, word } = pushState[state];
  const name = <span className="sr-only"> {pushLine(push)}</span>;
  return (
    <li className="space-y-1 py-3">
      <div className="flex flex-wrap items-start justify-between gap-2">
        <div className="min-w-0 flex-1 basis-72">
          <p>
            <Mark kind={mark} isDecoration />{" "}
            <span className="font-medium break-words">{pushLine(push)}</span> · {word}
            {attempts > 1 && ` after ${attempts} tries`}
          </p>
          <p className="text-sm text-ink-muted">
            <LocalTime at={createdAt} form="full" />
            {state !== "written" && lastError && ` · ${lastError}`}
            {state === "waiting" && attempts > 0 && nextAt !== null && (
              <>
                {" "}
                Next try <LocalTime at={nextAt} form="full" />.
              </>
            )}
          </p>
        </div>
        {state === "held" ? (
          <Button size="sm" pending={isPending} onClick={() => onAgain(true)}>
            Write it anyway{name}
          </Button>
        ) : (
          <Button size="sm" variant="quiet" pending={isPending} onClick={() => onAgain(false)}>
            {state === "written" ? "Write again" : "Try now"}
            {name}
          </Button>
        )}
      </div>
      {steps.length > 0 && (
        <Disclosure summary="Step by step">
          <ol className="space-y-1">
            {steps.map(({ step, isDone, detail }) => (
              <li key={step} className="break-words">
                <Mark kind={isDone ? "done" : "removed"} word={isDone ? "done" : "not done"} /> {detail}
              </li>
            ))}
          </ol>
        </Disclosure>
      )}
    </li>
  );
}
