"use client";

import type { Ref, TextareaHTMLAttributes } from "react";
import { cx } from "./cx";
import { useFieldControl } from "./field";
import { inputClass } from "./input";
import { useEarlyText } from "./use-early-text";

interface TextareaProps extends TextareaHTMLAttributes<HTMLTextAreaElement> {
  ref?: Ref<HTMLTextAreaElement>;
}

/** Several lines of text; grows with what is typed, from `rows` up to half the screen. */
export function Textarea({ className, rows = 3, dir = "auto", ...rest }: TextareaProps) {
  return (
    <textarea
      {...useFieldControl()}
      {...rest}
      ref={useEarlyText<HTMLTextAreaElement>(rest)}
      rows={rows}
      dir={dir}
      className={cx(
        inputClass,
        "field-sizing-content max-h-[50dvh] min-h-20 py-2 leading-relaxed",
        className,
      )}
    />
  );
}
