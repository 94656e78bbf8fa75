"use client";

import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import { EmptyState } from "@/components/ui/empty-state";
import { Mark } from "@/components/ui/mark";

interface RecordsEmptyProps {
  canWrite: boolean;
  onWrite: () => void;
  onPaste: () => void;
  onImport: () => void;
}

/** No records yet (ux.md, moment 2). */
export function RecordsEmpty({ canWrite, onWrite, onPaste, onImport }: RecordsEmptyProps) {
  return (
    <EmptyState
      title="No records yet."
      primary={
        canWrite && (
          <Button variant="primary" onClick={onWrite}>
            Write the first one
          </Button>
        )
      }
      secondary={
        canWrite && (
          <>
            <Button onClick={onPaste}>Paste from a spreadsheet</Button>
            <Button onClick={onImport}>Import a file</Button>
          </>
        )
      }
    >
      <p>
        A record is one question that people really ask, and what a good answer to it does. You do not write
        the answer itself. Fifteen varied ones are enough for a first run.
      </p>
      {!canWrite && <p>An expert, a lead expert or an engineer of this project can write them.</p>}
      <Disclosure summary="See one weak and one strong record" className="text-sm">
        <div className="grid gap-4 sm:grid-cols-2">
          <Example
            title={
              <>
                <Mark kind="warning" isDecoration /> Weak
              </>
            }
            question="Tendencies?"
            good="is correct and helpful"
            why="Nobody asks it this way, and every answer would claim to be correct and helpful: nothing can be graded by it."
          />
          <Example
            title={
              <>
                <Mark kind="done" isDecoration /> Strong
              </>
            }
            question="What are their tendencies on 3rd and short?"
            good="names who gets the ball, with counts and sample size"
            mention="the sample size behind each percentage"
            never="guess about an injury"
            why="It says what an answer has to do without giving the words, so two people would grade by it alike."
          />
        </div>
      </Disclosure>
    </EmptyState>
  );
}

interface ExampleProps {
  title: ReactNode;
  question: string;
  good: string;
  mention?: string;
  never?: string;
  why: string;
}

function Example({ title, question, good, mention, never, why }: ExampleProps) {
  const rows = [
    ["Question", question],
    ["A good answer…", good],
    ["Must mention", mention],
    ["Must never", never],
  ].filter(([, text]) => text !== undefined);
  return (
    <div className="rounded-md border border-line bg-raised p-3 text-ink">
      <p className="font-medium">{title}</p>
      <dl className="mt-1.5 space-y-1">
        {rows.map(([name, text]) => (
          <div key={name}>
            <dt className="text-xs text-ink-muted">{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-2 text-ink-muted">{why}</p>
    </div>
  );
}
