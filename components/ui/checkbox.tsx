"use client";

import { Check, Minus } from "lucide-react";
import { Checkbox as Radix } from "radix-ui";
import { type ReactNode, useId } from "react";

interface CheckboxProps {
  label: ReactNode;
  checked?: boolean | "indeterminate";
  defaultChecked?: boolean;
  onCheckedChange?: (checked: boolean) => void;
  hint?: ReactNode;
  name?: string;
  value?: string;
  required?: boolean;
  id?: string;
}

/** Yes or no, with the words beside it as part of the target. */
export function Checkbox({ label, hint, onCheckedChange, id, ...rest }: CheckboxProps) {
  const ownId = useId();
  const boxId = id ?? ownId;
  return (
    <div className="flex items-start gap-2.5">
      <Radix.Root
        {...rest}
        id={boxId}
        aria-describedby={hint ? `${boxId}-hint` : undefined}
        onCheckedChange={(state) => onCheckedChange?.(state === true)}
        className={
          "calm group relative mt-px flex size-4.5 shrink-0 items-center justify-center rounded-sm border border-line-strong " +
          "bg-raised before:absolute before:-inset-1.5 data-[state=checked]:border-accent data-[state=checked]:bg-accent " +
          "data-[state=indeterminate]:border-accent data-[state=indeterminate]:bg-accent"
        }
      >
        <Radix.Indicator className="text-on-accent">
          <Check
            aria-hidden="true"
            strokeWidth={3}
            className="size-3.5 group-data-[state=indeterminate]:hidden"
          />
          <Minus
            aria-hidden="true"
            strokeWidth={3}
            className="hidden size-3.5 group-data-[state=indeterminate]:block"
          />
        </Radix.Indicator>
      </Radix.Root>
      <div className="min-w-0">
        <label htmlFor={boxId}>{label}</label>
        {hint && (
          <p id={`${boxId}-hint`} className="measure text-ink-muted">
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}
