"use client";

import { Fragment, type ReactNode, useId } from "react";
import { cx } from "./cx";

export interface GradeOption {
  value: number;
  /** What stands on the button: "1" to "5", or "Yes". */
  label: string;
  /** What this grade means, in the words of the judge's scale. */
  meaning: string;
}

export interface RadioGradesProps {
  /** Visible question, such as "How good is this answer?". */
  legend: ReactNode;
  /** Ordered from worst to best. */
  grades: readonly GradeOption[];
  value: number | null;
  onChange: (value: number) => void;
  /** The first grade that is good enough; a line is drawn before it. */
  goodEnoughFrom?: number;
  /** Shown until a grade is chosen. */
  prompt?: string;
  error?: string | null;
  /** While the chosen grade is being saved. */
  isReadOnly?: boolean;
  className?: string;
}

/**
 * Grades as a radio group. Arrow keys work as in any radio group once it has the focus; keys for
 * the whole page (1 to 5, arrows) belong to the page that shows it.
 */
export function RadioGrades({
  legend,
  grades,
  value,
  onChange,
  goodEnoughFrom,
  prompt = "Choose a grade to see what it means.",
  error,
  isReadOnly = false,
  className,
}: RadioGradesProps) {
  const id = useId();
  const chosen = grades.find((grade) => grade.value === value);
  const lineBefore = grades.findIndex((grade) => grade.value === goodEnoughFrom);
  const firstGoodEnough = grades[lineBefore];
  return (
    <fieldset
      aria-describedby={error ? `${id}-error` : undefined}
      className={cx("min-w-0", className)}
      data-grades=""
    >
      <legend className="mb-2 flex w-full flex-wrap items-baseline justify-between gap-x-4 font-medium">
        <span>{legend}</span>
        {firstGoodEnough && lineBefore > 0 && (
          <span className="text-xs font-normal text-ink-muted">
            <span aria-hidden="true">┆ </span>Good enough from {firstGoodEnough.label}
          </span>
        )}
      </legend>
      <div className="flex flex-wrap gap-1.5">
        {grades.map((grade, index) => (
          <Fragment key={grade.value}>
            {lineBefore > 0 && index === lineBefore && (
              <span
                aria-hidden="true"
                className="mx-0.5 w-0 self-stretch border-s-2 border-dashed border-line-strong"
              />
            )}
            <GradeCell
              id={`${id}-${grade.value}`}
              name={id}
              grade={grade}
              isChosen={grade.value === value}
              onChoose={() => !isReadOnly && onChange(grade.value)}
            />
          </Fragment>
        ))}
      </div>
      <p className={cx("mt-2 min-h-10 sm:min-h-5", chosen ? "text-ink" : "text-ink-faint")} dir="auto">
        {chosen ? (
          <>
            <span className="font-medium">{chosen.label}:</span> {chosen.meaning}
          </>
        ) : (
          prompt
        )}
      </p>
      {error && (
        <p id={`${id}-error`} className="text-worse">
          {error}
        </p>
      )}
    </fieldset>
  );
}

interface GradeCellProps {
  id: string;
  name: string;
  grade: GradeOption;
  isChosen: boolean;
  onChoose: () => void;
}

function GradeCell({ id, name, grade, isChosen, onChoose }: GradeCellProps) {
  return (
    <label
      htmlFor={id}
      className={cx(
        "calm relative flex min-h-12 min-w-11 flex-1 cursor-pointer flex-col items-center justify-center gap-1 rounded-md border px-1.5 py-1 text-center",
        "has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus",
        isChosen
          ? "border-accent bg-selected font-semibold text-ink"
          : "border-line-strong bg-raised text-ink-muted hover:bg-hover hover:text-ink",
      )}
    >
      <input
        type="radio"
        id={id}
        name={name}
        value={grade.value}
        checked={isChosen}
        onChange={onChoose}
        aria-describedby={`${id}-meaning`}
        className="absolute inset-0 size-full cursor-pointer opacity-0"
      />
      <span className="text-base leading-5 tabular-nums">{grade.label}</span>
      <span
        aria-hidden="true"
        className={cx(
          "flex size-3 items-center justify-center rounded-full border",
          isChosen ? "border-accent" : "border-line-strong",
        )}
      >
        {isChosen && <span className="size-1.5 rounded-full bg-accent" />}
      </span>
      <span id={`${id}-meaning`} hidden>
        {grade.meaning}
      </span>
    </label>
  );
}
