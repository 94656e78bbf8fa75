"use client";

import { X } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "./cx";

interface ChipProps {
  children: ReactNode;
  /** Pressed or not; makes it a toggle. */
  isSelected?: boolean;
  onToggle?: () => void;
  /** Takes it away; named "Remove" and the words of the chip. */
  onRemove?: () => void;
  /** 44 px for thumbs, as on the label page. */
  size?: "sm" | "lg";
}

const SHAPE = "inline-flex max-w-full items-center gap-1.5 rounded-full border";

/** A choice or a filter in a few words: one tap on, one tap off. */
export function Chip({ children, isSelected = false, onToggle, onRemove, size = "sm" }: ChipProps) {
  const height = size === "lg" ? "min-h-11 px-4 sm:min-h-9" : "min-h-7 px-2.5";
  if (!onToggle) {
    return (
      <span className={cx(SHAPE, height, "border-line bg-raised text-ink", onRemove && "pe-1")}>
        <span className="truncate" dir="auto">
          {children}
        </span>
        {onRemove && (
          <button
            type="button"
            onClick={onRemove}
            className="calm grid size-6 place-items-center rounded-full text-ink-muted hover:bg-hover hover:text-ink"
          >
            <X aria-hidden="true" className="size-3.5" />
            <span className="sr-only">Remove {children}</span>
          </button>
        )}
      </span>
    );
  }
  return (
    <button
      type="button"
      aria-pressed={isSelected}
      onClick={onToggle}
      className={cx(
        SHAPE,
        height,
        "calm",
        isSelected
          ? "border-accent bg-selected text-ink"
          : "border-line-strong bg-raised text-ink-muted hover:bg-hover hover:text-ink",
      )}
    >
      {isSelected && <span aria-hidden="true">✓</span>}
      <span className="truncate" dir="auto">
        {children}
      </span>
    </button>
  );
}
