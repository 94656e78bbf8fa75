"use client";

import type { TextareaHTMLAttributes } from "react";
import { useRef } from "react";
import { cx } from "@/components/ui/cx";
import { Textarea } from "@/components/ui/textarea";
import { instructionsParts, VARIABLE_WORDS } from "@/lib/view-models/judge-instructions";

interface HighlightedTextareaProps
  extends Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, "value" | "onChange"> {
  value: string;
  onValueChange: (value: string) => void;
}

/** Same box and letters for the text and for what is marked behind it, or the marks would drift. */
const SAME_TEXT = "px-3! py-2! font-mono! text-sm! leading-6!";

/** Instructions as they are written, with their variables marked while one types; unknown ones stand out. */
export function HighlightedTextarea({ value, onValueChange, className, ...rest }: HighlightedTextareaProps) {
  const behind = useRef<HTMLDivElement>(null);
  return (
    <div className="relative rounded-md bg-raised">
      <div
        ref={behind}
        aria-hidden="true"
        className={cx(
          "pointer-events-none absolute inset-0 overflow-hidden rounded-md border border-transparent break-words whitespace-pre-wrap text-transparent",
          SAME_TEXT,
        )}
      >
        {instructionsParts(value).map(({ kind, text, start }) => (
          <span key={start} className={kind === "variable" ? markOf(text) : undefined}>
            {text}
          </span>
        ))}
        {"\n"}
      </div>
      <Textarea
        {...rest}
        value={value}
        onChange={(event) => onValueChange(event.target.value)}
        onScroll={(event) => {
          if (behind.current) behind.current.scrollTop = event.currentTarget.scrollTop;
        }}
        className={cx("relative bg-transparent!", SAME_TEXT, className)}
      />
    </div>
  );
}

function markOf(variable: string): string {
  const isKnown = variable.replace(/[{}\s]/g, "") in VARIABLE_WORDS;
  return isKnown ? "rounded-sm bg-accent-soft" : "rounded-sm bg-worse-soft underline decoration-wavy";
}
