"use client";

import { Switch as Radix } from "radix-ui";
import { type ReactNode, useId } from "react";

interface SwitchProps {
  label: ReactNode;
  checked: boolean;
  /** Takes effect at once; a form with a Save button wants a Checkbox instead. */
  onCheckedChange: (checked: boolean) => void;
  hint?: ReactNode;
  /** Words for the two states, shown beside it. Default "On" and "Off". */
  states?: readonly [on: string, off: string];
}

/** On or off, at once, with the state in words. */
export function Switch({ label, checked, onCheckedChange, hint, states = ["On", "Off"] }: SwitchProps) {
  const id = useId();
  return (
    <div className="flex items-start justify-between gap-4">
      <div className="min-w-0">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        {hint && (
          <p id={`${id}-hint`} className="measure text-ink-muted">
            {hint}
          </p>
        )}
      </div>
      <div className="flex items-center gap-2">
        <span aria-hidden="true" className="text-ink-muted">
          {checked ? states[0] : states[1]}
        </span>
        <Radix.Root
          id={id}
          checked={checked}
          onCheckedChange={onCheckedChange}
          aria-describedby={hint ? `${id}-hint` : undefined}
          className="calm relative h-6 w-10 shrink-0 rounded-full border border-line-strong bg-sunken data-[state=checked]:border-accent data-[state=checked]:bg-accent"
        >
          <Radix.Thumb className="calm block size-4 translate-x-[3px] rounded-full bg-ink-muted data-[state=checked]:translate-x-[19px] data-[state=checked]:bg-on-accent" />
        </Radix.Root>
      </div>
    </div>
  );
}
