"use client";

import { Disclosure } from "@/components/ui/disclosure";
import { Mark } from "@/components/ui/mark";
import { TextBlock } from "@/components/ui/text-block";
import type { JudgeAnswer, JudgeReading } from "@/lib/contracts/judge-checks";

/** One side of an answer that was graded twice: by which judge, and what it said. */
export interface Side {
  name: string;
  reading: JudgeReading;
}

/** One answer with what the experts and two judges say of it, side by side. */
export function CheckedAnswer({ answer, sides }: { answer: JudgeAnswer; sides: readonly Side[] }) {
  const [first, second] = sides.map(({ reading }) => shownOf(reading));
  const hasMoved = second !== undefined && first !== second;
  return (
    <li className="space-y-2 p-4">
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <p dir="auto" className="min-w-0 flex-1 basis-64 font-medium">
          {answer.question}
        </p>
        <p className="text-ink-muted tabular-nums">
          {answer.experts.map(({ name, shown }) => `${name} ${shown}`).join(", ")}
        </p>
        <p className="tabular-nums">
          {hasMoved && <Mark kind="warning" isDecoration />} {sides.map(gradeWords).join(" · ")}
        </p>
      </div>
      <Disclosure summary="The answer, and what is said of it">
        <div className="space-y-3">
          <Words title="Answer" text={answer.answer} />
          {answer.experts.map(({ name, shown, reason }) => (
            <Words key={name} title={`${name}, ${shown}`} text={reason} emptyText="No reason was given." />
          ))}
          {sides.map(({ name, reading }) => (
            <Words
              key={name}
              title={`${name}, ${shownOf(reading)}`}
              text={reading.status === "graded" ? reading.rationale : reading.cause}
            />
          ))}
        </div>
      </Disclosure>
    </li>
  );
}

function shownOf(reading: JudgeReading): string {
  return reading.status === "graded" ? reading.shown : "no grade";
}

function gradeWords({ name, reading }: Side): string {
  return `${name}: ${shownOf(reading)}`;
}

function Words({ title, text, emptyText = "No text." }: { title: string; text: string; emptyText?: string }) {
  return (
    <div>
      <p className="text-ink-muted">{title}</p>
      <TextBlock text={text} maxLines={8} emptyText={emptyText} />
    </div>
  );
}
