"use client";

import type { ReactNode, Ref } from "react";
import { Disclosure } from "@/components/ui/disclosure";
import { Field } from "@/components/ui/field";
import { TextBlock } from "@/components/ui/text-block";
import { TextLink } from "@/components/ui/text-link";
import { Textarea } from "@/components/ui/textarea";
import type { LabelItem } from "@/lib/contracts/labels";
import { stepsSummary } from "@/lib/view-models/label-words";

interface QuestionAndAnswerProps {
  item: LabelItem;
  guidelines: readonly string[];
  place: { position: number; total: number };
  recordHref: string;
  /** Takes the focus when the next question comes. */
  headingRef: Ref<HTMLHeadingElement>;
  betterAnswer: string;
  onBetterAnswer: (text: string) => void;
}

/** What is to be graded, and beside it what a good answer does. The judge's verdict is not here (ux.md, rule 12). */
export function QuestionAndAnswer({
  item,
  guidelines,
  place,
  recordHref,
  headingRef,
  betterAnswer,
  onBetterAnswer,
}: QuestionAndAnswerProps) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,72ch)_minmax(0,1fr)]">
      <div className="min-w-0 space-y-5">
        <p className="text-sm text-ink-muted" dir="auto">
          {item.provenance}
        </p>
        <section>
          <h1
            ref={headingRef}
            tabIndex={-1}
            className="mb-1 w-fit rounded-sm text-sm font-semibold text-ink-muted"
          >
            Question
            <span className="sr-only">
              {" "}
              {place.position} of {place.total}
            </span>
          </h1>
          <Conversation item={item} />
        </section>
        <section>
          <h2 className="mb-1 text-sm font-semibold text-ink-muted">Answer</h2>
          <TextBlock text={item.answer} maxLines={null} emptyText="The assistant answered with nothing." />
          {item.steps.length > 0 && <Steps steps={item.steps} />}
        </section>
        <Disclosure summary="Write a better answer">
          <Field
            label="A better answer"
            optional
            hint="You can put it into the record later, from your labels."
          >
            <Textarea value={betterAnswer} onChange={(event) => onBetterAnswer(event.target.value)} />
          </Field>
        </Disclosure>
      </div>
      <aside aria-label="What to look for" className="min-w-0 space-y-1">
        <Disclosure summary="What a good answer does">
          <Expectations item={item} />
          <p className="mt-3 text-sm">
            <TextLink href={recordHref} target="_blank">
              Mend the record, in a new tab
            </TextLink>
          </p>
        </Disclosure>
        {guidelines.length > 0 && (
          <Disclosure summary={`Guidelines of the judge (${guidelines.length})`}>
            <ol className="list-decimal space-y-1.5 ps-5" dir="auto">
              {guidelines.map((text) => (
                <li key={text}>{text}</li>
              ))}
            </ol>
          </Disclosure>
        )}
      </aside>
    </div>
  );
}

function Conversation({ item: { messages, fields } }: { item: LabelItem }) {
  const named = Object.entries(fields);
  const isOneQuestion = messages.length === 1;
  return (
    <>
      {messages.map((message, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: turns of a conversation have no other name
        <div key={index} className={isOneQuestion ? undefined : "mb-3 border-s-2 border-line ps-3"}>
          {!isOneQuestion && (
            <p className="text-xs text-ink-muted">{message.role === "user" ? "Person" : "Assistant"}</p>
          )}
          <TextBlock text={message.content} maxLines={isOneQuestion ? null : 14} />
        </div>
      ))}
      {named.length > 0 && (
        <dl className="mt-3 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-sm">
          {named.map(([name, text]) => (
            <Named key={name} name={name}>
              {text}
            </Named>
          ))}
        </dl>
      )}
    </>
  );
}

function Named({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-muted">{name}</dt>
      <dd className="min-w-0 break-words" dir="auto">
        {children}
      </dd>
    </>
  );
}

function Steps({ steps }: Pick<LabelItem, "steps">) {
  return (
    <Disclosure summary={stepsSummary(steps)} className="mt-3">
      <ol className="space-y-3">
        {steps.map((step, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps have no other name
          <li key={index} className="text-sm">
            <p className="font-medium">
              {index + 1}. {step.tool}
              {step.ms !== null && (
                <span className="font-normal text-ink-muted"> · {Math.round(step.ms)} ms</span>
              )}
            </p>
            <TextBlock text={step.arguments} maxLines={4} isMono emptyText="No arguments." />
            <TextBlock
              text={step.result}
              maxLines={8}
              isMono
              emptyText="No result."
              className="mt-1 text-ink-muted"
            />
          </li>
        ))}
      </ol>
    </Disclosure>
  );
}

function Expectations({ item: { expectations } }: { item: LabelItem }) {
  const { expected_response, facts, mustNever } = expectations;
  const isEmpty = expected_response.trim() === "" && facts.length === 0 && mustNever.length === 0;
  if (isEmpty) return <p className="text-ink-muted">Nobody has written this down yet.</p>;
  return (
    <div className="space-y-3">
      {expected_response.trim() !== "" && <TextBlock text={expected_response} />}
      <Listed title="Must mention" items={facts} />
      <Listed title="Must never" items={mustNever} />
    </div>
  );
}

function Listed({ title, items }: { title: string; items: readonly string[] }) {
  if (items.length === 0) return null;
  return (
    <div>
      <h3 className="text-sm font-medium text-ink-muted">{title}</h3>
      <ul className="list-disc ps-5" dir="auto">
        {items.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </div>
  );
}
