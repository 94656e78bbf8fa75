"use client";

import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field, FieldError } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { SimulatedTag } from "@/components/ui/simulated-tag";
import { TextBlock } from "@/components/ui/text-block";
import { TextLink } from "@/components/ui/text-link";
import { Textarea } from "@/components/ui/textarea";
import { wordsOf } from "@/lib/queries/api-fetch";
import { askBoth, saveAsRecord } from "@/lib/queries/prompts";
import { newId } from "@/lib/util/new-id";

/** A text that can be asked. */
interface TrySide {
  name: string;
  components: Record<string, string>;
  /** Names of its variables; each gets a field. */
  variables?: readonly string[];
}

interface TryQuestionProps {
  projectId: string;
  /** The first is what is in production; the second is compared with it. More can be chosen from. */
  sides: readonly TrySide[];
  maySave: boolean;
  isSimulated: boolean;
}

/** Ask one question of two prompts, side by side; keep it as a record. Nothing else is kept. */
export function TryQuestion({ projectId, sides, maySave, isSimulated }: TryQuestionProps) {
  const [question, setQuestion] = useState("");
  const [isTried, setTried] = useState(false);
  const [otherName, setOtherName] = useState(sides.at(1)?.name ?? "");
  const id = useId();
  const [first] = sides;
  const other = sides.find(({ name }) => name === otherName && name !== first?.name);
  const asked = [first, other].filter((side) => side !== undefined);
  const variables = [...new Set(asked.flatMap((side) => side.variables ?? []))];
  const [fields, setFields] = useState<Record<string, string>>({});
  const ask = useMutation({
    mutationFn: () =>
      askBoth(projectId, {
        question: question.trim(),
        texts: asked.map(({ components }) => components),
        fields,
      }),
  });
  const [shownFor, setShownFor] = useState<{ question: string; names: string[] } | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (question.trim() === "") return;
    const names = asked.map(({ name }) => name);
    ask.mutate(undefined, { onSuccess: () => setShownFor({ question: question.trim(), names }) });
  };
  return (
    <div className="space-y-4">
      <form onSubmit={submit} className="space-y-3" noValidate>
        <Field
          label="Your question"
          id={id}
          error={isTried && question.trim() === "" ? "Write a question first." : null}
        >
          <Textarea value={question} onChange={(event) => setQuestion(event.target.value)} rows={2} />
        </Field>
        {variables.map((name) => (
          <Field key={name} label={name} className="max-w-md">
            <Input
              value={fields[name] ?? ""}
              onChange={(event) => setFields({ ...fields, [name]: event.target.value })}
            />
          </Field>
        ))}
        <div className="flex flex-wrap items-end gap-3">
          {sides.length > 2 && (
            <Field label={`Beside ${first?.name}`} className="w-56">
              <Select
                options={sides.slice(1).map(({ name }) => ({ value: name, label: name }))}
                value={otherName}
                onValueChange={setOtherName}
              />
            </Field>
          )}
          <Button type="submit" pending={ask.isPending} pendingLabel="Asking">
            {asked.length === 2 ? "Ask both" : "Ask"}
          </Button>
        </div>
      </form>
      {ask.error && <FieldError>{wordsOf(ask.error)}</FieldError>}
      {ask.data && shownFor && (
        <div aria-live="polite" className="space-y-3">
          <div className="grid grid-cols-[minmax(0,1fr)] gap-4 md:grid-cols-2">
            {ask.data.answers.map((answer, index) => (
              <section
                key={shownFor.names[index]}
                className="min-w-0 rounded-lg border border-line bg-sunken p-3"
              >
                <h3 className="flex flex-wrap items-center gap-2 font-semibold">
                  {shownFor.names[index]} {(ask.data.simulated || isSimulated) && <SimulatedTag />}
                </h3>
                {answer.output === null ? (
                  <p className="mt-2 text-worse">{answer.cause ?? "It gave no answer."}</p>
                ) : (
                  <TextBlock text={answer.output} maxLines={null} className="mt-2" />
                )}
              </section>
            ))}
          </div>
          {maySave && (
            <SaveAsRecord
              key={shownFor.question}
              projectId={projectId}
              question={shownFor.question}
              fields={fields}
            />
          )}
        </div>
      )}
    </div>
  );
}

interface SaveAsRecordProps {
  projectId: string;
  question: string;
  fields: Record<string, string>;
}

function SaveAsRecord({ projectId, question, fields }: SaveAsRecordProps) {
  const [key] = useState(() => newId("key"));
  const save = useMutation({ mutationFn: () => saveAsRecord(projectId, { question, fields }, key) });
  if (save.data) {
    return (
      <p>
        Saved as a record.{" "}
        <TextLink href={`/p/${projectId}/records/${save.data.id}`}>Say what a good answer does</TextLink>, or
        it cannot be used.
      </p>
    );
  }
  return (
    <div className="space-y-1">
      <Button size="sm" pending={save.isPending} onClick={() => save.mutate()}>
        Save as record
      </Button>
      {save.error && <FieldError>{wordsOf(save.error)}</FieldError>}
    </div>
  );
}
