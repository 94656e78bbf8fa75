"use client";

import type { ReactNode, Ref } from "react";
import { Button, type ButtonProps } from "./button";
import { cx } from "./cx";
import { Tooltip } from "./tooltip";

interface IconButtonProps extends Omit<ButtonProps, "children" | "icon" | "aria-label"> {
  /** Name of the button, also shown on hover and focus. */
  label: string;
  icon: ReactNode;
  ref?: Ref<HTMLButtonElement>;
}

/** A button that shows only an icon, with its name on hover and focus. */
export function IconButton({
  label,
  icon,
  size = "md",
  variant = "quiet",
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip content={label} isName>
      <Button
        {...rest}
        variant={variant}
        size={size}
        aria-label={label}
        className={cx("aspect-square px-0!", className)}
      >
        {icon}
      </Button>
    </Tooltip>
  );
}
