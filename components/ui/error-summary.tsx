"use client";

import { type MouseEvent, useEffect, useId, useRef } from "react";

export interface FormError {
  /** Id of the control it belongs to. */
  fieldId: string;
  message: string;
}

interface ErrorSummaryProps {
  /** Empty: nothing is shown. A new list takes the focus. */
  errors: readonly FormError[];
  title?: string;
}

function focusField(event: MouseEvent<HTMLAnchorElement>, fieldId: string) {
  const control = document.getElementById(fieldId);
  if (!control) return;
  event.preventDefault();
  control.focus();
}

/** All errors of a form in one place, which takes the focus when they appear. */
export function ErrorSummary({ errors, title }: ErrorSummaryProps) {
  const box = useRef<HTMLDivElement>(null);
  const titleId = useId();
  useEffect(() => {
    if (errors.length > 0) box.current?.focus();
  }, [errors]);
  if (errors.length === 0) return null;
  const count = errors.length === 1 ? "One thing needs" : `${errors.length} things need`;
  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      aria-labelledby={titleId}
      className="rounded-lg border border-worse bg-worse-soft p-4 outline-none"
    >
      <p id={titleId} className="font-medium text-worse">
        {title ?? `${count} your attention. Nothing was saved yet.`}
      </p>
      <ul className="mt-2 list-disc space-y-1 ps-5">
        {errors.map((error) => (
          <li key={error.fieldId + error.message}>
            <a
              href={`#${error.fieldId}`}
              onClick={(event) => focusField(event, error.fieldId)}
              className="underline underline-offset-4"
            >
              {error.message}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
