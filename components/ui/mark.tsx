import { cx } from "./cx";

/** Signs that carry a meaning. Each has a word; colour is never alone. */
const MARKS = {
  better: { sign: "▲", word: "better", className: "text-better" },
  worse: { sign: "▼", word: "worse", className: "text-worse" },
  same: { sign: "=", word: "the same", className: "text-ink-faint" },
  added: { sign: "+", word: "added", className: "text-better" },
  removed: { sign: "−", word: "removed", className: "text-worse" },
  done: { sign: "✓", word: "done", className: "text-better" },
  partly: { sign: "◐", word: "partly done", className: "text-accent" },
  open: { sign: "○", word: "not yet", className: "text-ink-faint" },
  failed: { sign: "✕", word: "failed", className: "text-worse" },
  warning: { sign: "⚠", word: "warning", className: "text-warning" },
  front: { sign: "◆", word: "best on at least one record", className: "text-accent" },
  recommended: { sign: "★", word: "recommended", className: "text-accent" },
  sealed: { sign: "◇", word: "sealed", className: "text-ink-muted" },
} as const;

export type MarkKind = keyof typeof MARKS;

interface MarkProps {
  kind: MarkKind;
  /** Another word for it here. */
  word?: string;
  /** Shows the word beside the sign; else only screen readers get it. */
  showWord?: boolean;
  /** The text beside it says the word already: hides the sign from screen readers. */
  isDecoration?: boolean;
  className?: string;
}

/** A sign with its word, such as ▲ better or ◆ best on at least one record. */
export function Mark({ kind, word, showWord = false, isDecoration = false, className }: MarkProps) {
  const mark = MARKS[kind];
  return (
    <span data-mark={kind} className={cx("whitespace-nowrap", mark.className, className)}>
      {/* U+FE0E asks for the text form, so that no sign turns into a coloured emoji. */}
      <span aria-hidden="true">{`${mark.sign}\uFE0E`}</span>
      {!isDecoration && <span className={showWord ? "ms-1" : "sr-only"}>{word ?? mark.word}</span>}
    </span>
  );
}
