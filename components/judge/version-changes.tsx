import type { ReactNode } from "react";
import type { JudgeVersionView, JudgeView } from "@/lib/contracts/judges";
import type { DiffLine } from "@/lib/view-models/diff-text";
import { diffVersions, type GuidelineChange } from "@/lib/view-models/judge-comparison";

interface VersionChangesProps {
  scale: JudgeView["scale"];
  before: JudgeVersionView;
  after: JudgeVersionView;
}

const GUIDELINE_WORDS: Readonly<Record<GuidelineChange["kind"], string>> = {
  added: "Added",
  removed: "Removed",
  reworded: "Reworded",
  "switched-on": "Switched on",
  "switched-off": "Switched off",
};

/** What makes two versions of a judge grade differently: instructions, guidelines, grades, what is remembered. */
export function VersionChanges({ scale, before, after }: VersionChangesProps) {
  const { instructions, guidelines, grades, remembered } = diffVersions(scale, before, after);
  const isNothing =
    instructions === null && guidelines.length === 0 && grades.length === 0 && remembered === null;
  if (isNothing) return <p className="text-ink-muted">Nothing: they are told the same.</p>;
  return (
    <div className="space-y-6">
      {guidelines.length > 0 && (
        <Part title={`Guidelines (${guidelines.length} changed)`}>
          <ul className="space-y-2">
            {guidelines.map((change) => (
              <GuidelineLine key={change.id} change={change} />
            ))}
          </ul>
        </Part>
      )}
      {instructions !== null && (
        <Part title={`Instructions (${instructions.changed} changed)`}>
          <ul className="space-y-2">
            {instructions.lines
              .filter(({ kind }) => kind !== "same")
              .map((line) => (
                <ChangedSentence key={line.id} line={line} />
              ))}
          </ul>
        </Part>
      )}
      {grades.length > 0 && (
        <Part title="Grades">
          <ul className="measure list-disc space-y-1 ps-5">
            {grades.map((words) => (
              <li key={words} dir="auto">
                {words}
              </li>
            ))}
          </ul>
        </Part>
      )}
      {remembered !== null && (
        <Part title="Remembered answers">
          <p>
            {remembered.after}, was {remembered.before}.
          </p>
        </Part>
      )}
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <h3 className="mb-2 font-medium">{title}</h3>
      {children}
    </div>
  );
}

function GuidelineLine({ change: { kind, text, wasText } }: { change: GuidelineChange }) {
  return (
    <li className="measure">
      <span className="text-ink-muted">{GUIDELINE_WORDS[kind]}: </span>
      <span dir="auto">{kind === "removed" ? <del>{text}</del> : text}</span>
      {wasText !== null && (
        <span className="block text-ink-muted" dir="auto">
          was: {wasText}
        </span>
      )}
    </li>
  );
}

function ChangedSentence({ line: { before, after } }: { line: DiffLine }) {
  return (
    <li className="reading measure space-y-1">
      {before !== null && (
        <p dir="auto" className="text-worse">
          <span aria-hidden="true">− </span>
          <span className="sr-only">removed: </span>
          <del>{before}</del>
        </p>
      )}
      {after !== null && (
        <p dir="auto" className="text-better">
          <span aria-hidden="true">+ </span>
          <span className="sr-only">added: </span>
          <ins className="no-underline">{after}</ins>
        </p>
      )}
    </li>
  );
}
