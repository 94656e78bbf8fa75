"use client";

import { Ellipsis } from "lucide-react";
import Link from "next/link";
import { cx } from "@/components/ui/cx";
import { Menu, MenuItem } from "@/components/ui/menu";
import { ShellIcon } from "./shell-icon";
import type { ShellItem, ShellKey } from "./shell-nav";

const CELL =
  "calm inset-focus flex min-h-14 flex-1 flex-col items-center justify-center gap-0.5 px-1 text-xs";

interface BottomBarProps {
  shown: readonly ShellItem[];
  more: readonly ShellItem[];
  current: ShellKey | null;
}

/** The bar of phones, in reach of the thumb. */
export function BottomBar({ shown, more, current }: BottomBarProps) {
  const isInMore = more.some((item) => item.key === current);
  return (
    <nav
      aria-label="Project"
      className="flex border-t border-line bg-raised pb-[env(safe-area-inset-bottom)]"
    >
      {shown.map((item) => (
        <Link
          key={item.key}
          href={item.href}
          aria-current={item.key === current ? "page" : undefined}
          className={cx(CELL, item.key === current ? "font-medium text-accent" : "text-ink-muted")}
        >
          <ShellIcon of={item.key} className="size-5" />
          {item.label}
        </Link>
      ))}
      {more.length > 0 && (
        <Menu
          label="More"
          side="top"
          className="flex-1"
          trigger={
            <button
              type="button"
              className={cx(CELL, isInMore ? "font-medium text-accent" : "text-ink-muted")}
            >
              <Ellipsis aria-hidden="true" className="size-5" />
              More
            </button>
          }
        >
          {more.map((item) => (
            <MenuItem
              key={item.key}
              href={item.href}
              hint={item.state}
              isCurrent={item.key === current}
              icon={<ShellIcon of={item.key} />}
            >
              {item.label}
            </MenuItem>
          ))}
        </Menu>
      )}
    </nav>
  );
}
