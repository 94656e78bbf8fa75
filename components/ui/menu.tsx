"use client";

import { Check } from "lucide-react";
import Link from "next/link";
import { Slot } from "radix-ui";
import { type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import { cx } from "./cx";
import { lazyPart } from "./lazy-part";
import { useMenuParts } from "./menu-parts";

const ITEM =
  "flex min-h-8 w-full cursor-pointer select-none items-center gap-2 rounded-md px-2 py-1 text-start outline-none " +
  "data-highlighted:bg-hover data-disabled:cursor-default data-disabled:text-ink-faint";

const LazyMenuPanel = lazyPart(() => import("./menu-panel").then((module) => module.MenuPanel));

interface MenuProps {
  /** One button that opens it. */
  trigger: ReactNode;
  /** MenuItem, MenuLabel, MenuSeparator, MenuRadioGroup. */
  children: ReactNode;
  /** Name of the menu for screen readers. Default "Menu". */
  label?: string;
  align?: "start" | "center" | "end";
  side?: "top" | "right" | "bottom" | "left";
  /** Of the box round the button, such as `flex-1`. */
  className?: string;
}

/** Acts that are needed less often, behind one button. */
export function Menu({ trigger, children, label = "Menu", align = "end", side, className }: MenuProps) {
  const [isOpen, setOpen] = useState(false);
  const anchor = useRef<HTMLElement>(null);
  const openByArrow = (event: KeyboardEvent) => {
    if (event.key !== "ArrowDown" || isOpen) return;
    event.preventDefault();
    setOpen(true);
  };
  return (
    <span className={cx("relative inline-flex", className)}>
      <Slot.Root
        ref={anchor}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        onKeyDown={openByArrow}
      >
        {trigger}
      </Slot.Root>
      <LazyMenuPanel
        isNeeded={isOpen}
        anchor={anchor}
        isOpen={isOpen}
        onOpenChange={setOpen}
        label={label}
        align={align}
        side={side}
      >
        {children}
      </LazyMenuPanel>
    </span>
  );
}

interface MenuItemProps {
  children: ReactNode;
  onSelect?: () => void;
  /** Goes there instead of doing something. */
  href?: string;
  icon?: ReactNode;
  /** A second, smaller line: a state, or why it is not possible. */
  hint?: ReactNode;
  isDanger?: boolean;
  isDisabled?: boolean;
  isCurrent?: boolean;
}

export function MenuItem({
  children,
  onSelect,
  href,
  icon,
  hint,
  isDanger,
  isDisabled,
  isCurrent,
}: MenuItemProps) {
  const { Item } = useMenuParts();
  const inside = (
    <>
      {icon}
      <span className="min-w-0 flex-1">
        <span className={cx("block", isDanger && "text-worse")}>{children}</span>
        {hint && <span className="block text-xs text-ink-muted">{hint}</span>}
      </span>
    </>
  );
  if (href) {
    return (
      <Item asChild disabled={isDisabled} onSelect={onSelect}>
        <Link
          href={href}
          aria-current={isCurrent ? "page" : undefined}
          className={cx(ITEM, isCurrent && "font-medium")}
        >
          {inside}
        </Link>
      </Item>
    );
  }
  return (
    <Item disabled={isDisabled} onSelect={onSelect} className={ITEM}>
      {inside}
    </Item>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  const { Label } = useMenuParts();
  return <Label className="px-2 pt-1.5 pb-1 text-xs text-ink-muted">{children}</Label>;
}

export function MenuSeparator() {
  const { Separator } = useMenuParts();
  return <Separator className="-mx-1 my-1 h-px bg-line" />;
}

interface MenuRadioGroupProps<Value extends string> {
  label: string;
  options: readonly { value: Value; label: string }[];
  value: Value;
  onValueChange: (value: Value) => void;
}

/** One of several, inside a menu. */
export function MenuRadioGroup<Value extends string>({
  label,
  options,
  value,
  onValueChange,
}: MenuRadioGroupProps<Value>) {
  const { RadioGroup, RadioItem, ItemIndicator } = useMenuParts();
  const choose = (chosen: string) => {
    const option = options.find((candidate) => candidate.value === chosen);
    if (option) onValueChange(option.value);
  };
  return (
    <RadioGroup value={value} onValueChange={choose} aria-label={label}>
      <MenuLabel>{label}</MenuLabel>
      {options.map((option) => (
        <RadioItem key={option.value} value={option.value} className={ITEM}>
          <span className="flex size-4 items-center justify-center">
            <ItemIndicator>
              <Check aria-hidden="true" className="size-4" />
            </ItemIndicator>
          </span>
          {option.label}
        </RadioItem>
      ))}
    </RadioGroup>
  );
}
