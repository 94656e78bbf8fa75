"use client";

import type { ButtonHTMLAttributes, MouseEvent, ReactNode, Ref } from "react";
import { BlockedButton } from "./blocked-button";
import { type ButtonSize, type ButtonVariant, buttonClass } from "./button-styles";
import { cx } from "./cx";
import { Spinner } from "./spinner";

export interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, "disabled"> {
  /** One primary a page; danger for what cannot be taken back. Default secondary. */
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** Decorative icon before the words. */
  icon?: ReactNode;
  /** The press is being carried out: further presses do nothing, the focus stays. */
  pending?: boolean;
  /** Words while pending, such as "Saving". The usual words otherwise. */
  pendingLabel?: string;
  /**
   * Why the button cannot be used now. It then stays focusable and says this on press.
   * Buttons are never plainly disabled: nobody should have to guess.
   */
  blockedReason?: ReactNode;
  ref?: Ref<HTMLButtonElement>;
}

/** A button with a verb on it. */
export function Button({
  variant,
  size,
  icon,
  pending = false,
  pendingLabel,
  blockedReason,
  className,
  children,
  onClick,
  type = "button",
  ...rest
}: ButtonProps) {
  if (blockedReason) {
    return (
      <BlockedButton
        {...rest}
        reason={blockedReason}
        className={cx(buttonClass(variant, size, true), className)}
      >
        {icon}
        {children}
      </BlockedButton>
    );
  }
  const stopWhilePending = (event: MouseEvent<HTMLButtonElement>) => event.preventDefault();
  return (
    <button
      {...rest}
      type={type}
      aria-disabled={pending || undefined}
      aria-busy={pending || undefined}
      onClick={pending ? stopWhilePending : onClick}
      className={cx(buttonClass(variant, size), pending && "opacity-80", className)}
    >
      {pending ? <Spinner /> : icon}
      {pending ? (pendingLabel ?? children) : children}
    </button>
  );
}
