"use client";

import type { InputHTMLAttributes, Ref } from "react";
import { cx } from "./cx";
import { useFieldControl } from "./field";
import { useEarlyText } from "./use-early-text";

/** Shared look of everything one types into. */
export const inputClass =
  "calm w-full min-w-0 rounded-md border border-line-strong bg-raised px-3 text-base text-ink shadow-low sm:text-sm " +
  "hover:border-ink-faint aria-invalid:border-worse [&:is(input,textarea):read-only]:bg-sunken";

interface InputProps extends InputHTMLAttributes<HTMLInputElement> {
  ref?: Ref<HTMLInputElement>;
}

/** One line of text. Inside a `Field` it is named and described by it. */
export function Input({ className, ...rest }: InputProps) {
  return (
    <input
      {...useFieldControl()}
      {...rest}
      ref={useEarlyText<HTMLInputElement>(rest)}
      className={cx(inputClass, "h-9", className)}
    />
  );
}
