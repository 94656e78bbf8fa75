import Link from "next/link";
import type { ComponentProps } from "react";
import { cx } from "./cx";

/** A link inside text. */
export function TextLink({ className, ...rest }: ComponentProps<typeof Link>) {
  return (
    <Link
      {...rest}
      className={cx(
        "calm rounded-sm text-accent underline decoration-accent/40 underline-offset-4 hover:decoration-accent",
        className,
      )}
    />
  );
}
