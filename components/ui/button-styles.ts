import { cx } from "./cx";

export type ButtonVariant = "primary" | "secondary" | "quiet" | "danger";
export type ButtonSize = "sm" | "md" | "lg";

const BASE =
  "calm inline-flex max-w-full select-none items-center justify-center rounded-md border text-center font-medium " +
  "aria-disabled:shadow-none";

const SIZES: Record<ButtonSize, string> = {
  sm: "min-h-7 gap-1.5 px-2.5 py-0.5 text-sm",
  md: "min-h-9 gap-2 px-3.5 py-1 text-sm",
  lg: "min-h-11 gap-2 px-5 py-2 text-base",
};

const VARIANTS: Record<ButtonVariant, string> = {
  primary:
    "border-accent bg-accent text-on-accent shadow-low hover:border-accent-hover hover:bg-accent-hover",
  secondary: "border-line-strong bg-raised text-ink shadow-low hover:bg-hover",
  quiet: "border-transparent text-ink-muted hover:bg-hover hover:text-ink",
  danger: "border-worse bg-worse text-on-accent shadow-low hover:border-worse-hover hover:bg-worse-hover",
};

/** A blocked button looks set aside, yet stays readable: it can still say why. */
const BLOCKED =
  "calm inline-flex max-w-full select-none items-center justify-center rounded-md border border-dashed border-line-strong " +
  "bg-sunken text-center font-medium text-ink-muted";

/** Class names shared by buttons and by links that look like buttons. */
export function buttonClass(
  variant: ButtonVariant = "secondary",
  size: ButtonSize = "md",
  isBlocked = false,
): string {
  return isBlocked ? cx(BLOCKED, SIZES[size]) : cx(BASE, SIZES[size], VARIANTS[variant]);
}
