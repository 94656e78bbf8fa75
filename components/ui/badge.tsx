import type { ReactNode } from "react";
import { cx } from "./cx";

export type Tone = "neutral" | "accent" | "better" | "worse" | "warning" | "simulated";

/** Soft background and text of a tone. */
export const toneSoft: Record<Tone, string> = {
  neutral: "border-line bg-hover text-ink-muted",
  accent: "border-accent/25 bg-accent-soft text-accent",
  better: "border-better/25 bg-better-soft text-better",
  worse: "border-worse/25 bg-worse-soft text-worse",
  warning: "border-warning/25 bg-warning-soft text-warning",
  simulated: "border-simulated/25 bg-simulated-soft text-simulated",
};

interface BadgeProps {
  children: ReactNode;
  tone?: Tone;
  /** A shape beside the word, needed for a tone that means something. */
  icon?: ReactNode;
  className?: string;
}

/** A state or kind in one or two words. */
export function Badge({ children, tone = "neutral", icon, className }: BadgeProps) {
  return (
    <span
      className={cx(
        "inline-flex max-w-full items-center gap-1 rounded-sm border px-1.5 text-xs font-medium leading-5",
        toneSoft[tone],
        className,
      )}
    >
      {icon}
      <span className="truncate">{children}</span>
    </span>
  );
}

/** A tag that people gave a record. */
export function Tag({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <span
      dir="auto"
      className={cx(
        "inline-block max-w-48 truncate rounded-full border border-line bg-raised px-2 text-xs leading-5 text-ink-muted",
        className,
      )}
    >
      {children}
    </span>
  );
}
