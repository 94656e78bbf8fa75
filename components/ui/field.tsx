"use client";

import { CircleAlert } from "lucide-react";
import { createContext, type ReactNode, useContext, useId, useMemo } from "react";
import { cx } from "./cx";

interface FieldControl {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
  "aria-required": true | undefined;
}

const FieldContext = createContext<FieldControl | null>(null);

/** What the control inside a `Field` needs; empty outside of one. */
export function useFieldControl(): Partial<FieldControl> {
  return useContext(FieldContext) ?? {};
}

export interface FieldProps {
  /** Name of the control, always visible. */
  label: ReactNode;
  /** One control: Input, Textarea or Select. */
  children: ReactNode;
  /** How to fill it in. */
  hint?: ReactNode;
  /** What is wrong and how to mend it. */
  error?: string | null;
  required?: boolean;
  /** Says "optional" after the label. */
  optional?: boolean;
  /** Fixed id of the control, to link to it from an error summary. */
  id?: string;
  /** Something small at the end of the label's line. */
  aside?: ReactNode;
  className?: string;
}

/** Label, hint and error, tied to the control by ARIA. */
export function Field({
  label,
  children,
  hint,
  error,
  required,
  optional,
  id,
  aside,
  className,
}: FieldProps) {
  const ownId = useId();
  const controlId = id ?? ownId;
  const hintId = hint ? `${controlId}-hint` : undefined;
  const errorId = error ? `${controlId}-error` : undefined;
  const describedBy = cx(hintId, errorId) || undefined;
  const control = useMemo<FieldControl>(
    () => ({
      id: controlId,
      "aria-describedby": describedBy,
      "aria-invalid": errorId ? true : undefined,
      "aria-required": required || undefined,
    }),
    [controlId, describedBy, errorId, required],
  );
  return (
    <div className={cx("flex flex-col gap-1.5", className)}>
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <label htmlFor={controlId} className="font-medium">
          {label}
          {optional && <span className="font-normal text-ink-faint"> (optional)</span>}
        </label>
        {aside}
      </div>
      {hint && (
        <p id={hintId} className="measure text-ink-muted">
          {hint}
        </p>
      )}
      <FieldContext value={control}>{children}</FieldContext>
      {error && <FieldError id={errorId}>{error}</FieldError>}
    </div>
  );
}

/** What is wrong with a control, with a mark beside the words. */
export function FieldError({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <p id={id} className="flex items-start gap-1.5 text-worse">
      <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <span>{children}</span>
    </p>
  );
}

interface FieldsetProps {
  legend: ReactNode;
  children: ReactNode;
  hint?: ReactNode;
  error?: string | null;
  className?: string;
}

/** Several controls under one name. */
export function Fieldset({ legend, children, hint, error, className }: FieldsetProps) {
  const id = useId();
  return (
    <fieldset
      aria-describedby={cx(hint ? `${id}-hint` : null, error ? `${id}-error` : null) || undefined}
      className={cx("flex min-w-0 flex-col gap-2", className)}
    >
      <legend className="mb-1.5 font-medium">{legend}</legend>
      {hint && (
        <p id={`${id}-hint`} className="measure text-ink-muted">
          {hint}
        </p>
      )}
      {children}
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
    </fieldset>
  );
}
