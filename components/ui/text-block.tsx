"use client";

import { useId, useState } from "react";
import { cx } from "./cx";
import { foldText } from "./fold-text";

interface TextBlockProps {
  /** Words of a person or a model. They are data: shown as they are, never as markup. */
  text: string;
  /** Lines shown before it is folded; null never folds. Default 14. */
  maxLines?: number | null;
  /** Prompts are read, not parsed: mono only where columns matter. */
  isMono?: boolean;
  /** Shown in place of an empty text. */
  emptyText?: string;
  className?: string;
}

/** Text by people and models: escaped, whitespace kept, its own direction, folded when long. */
export function TextBlock({
  text,
  maxLines = 14,
  isMono = false,
  emptyText = "No text.",
  className,
}: TextBlockProps) {
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  if (text.trim() === "") return <p className={cx("text-ink-faint", className)}>{emptyText}</p>;
  const folded = maxLines === null ? null : foldText(text, maxLines);
  const shown = folded && !isOpen ? `${folded.head}…` : text;
  return (
    <div className={className}>
      <div id={id} dir="auto" className={cx("reading", isMono && "font-mono text-sm!")}>
        {shown}
      </div>
      {folded && (
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setOpen(!isOpen)}
          data-print="hide"
          className="mt-1.5 rounded-sm text-accent underline decoration-accent/40 underline-offset-4 hover:decoration-accent"
        >
          {isOpen ? "Show less" : `Show all ${folded.wordCount.toLocaleString("en")} words`}
        </button>
      )}
    </div>
  );
}
