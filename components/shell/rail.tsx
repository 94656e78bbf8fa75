"use client";

import { ChevronDown } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { cx } from "@/components/ui/cx";
import { ShellIcon } from "./shell-icon";
import type { ShellItem, ShellKey } from "./shell-nav";

interface RailProps {
  shown: readonly ShellItem[];
  more: readonly ShellItem[];
  current: ShellKey | null;
}

/** The side rail: the steps of the loop with their state in words. */
export function Rail({ shown, more, current }: RailProps) {
  const isInMore = more.some((item) => item.key === current);
  const [isOpen, setOpen] = useState(false);
  const isMoreShown = isOpen || isInMore;
  return (
    <nav aria-label="Project" className="flex flex-col gap-0.5 p-2">
      <ul className="flex flex-col gap-0.5">
        {shown.map((item) => (
          <RailItem key={item.key} item={item} isCurrent={item.key === current} />
        ))}
      </ul>
      {more.length > 0 && (
        <>
          <button
            type="button"
            aria-expanded={isMoreShown}
            aria-controls="rail-more"
            onClick={() => setOpen(!isMoreShown)}
            className="calm mt-1 flex min-h-8 items-center gap-2.5 rounded-md px-2.5 text-ink-muted hover:bg-hover hover:text-ink"
          >
            <ChevronDown aria-hidden="true" className={cx("calm size-4", !isMoreShown && "-rotate-90")} />
            More
          </button>
          <ul id="rail-more" hidden={!isMoreShown} className="flex flex-col gap-0.5">
            {more.map((item) => (
              <RailItem key={item.key} item={item} isCurrent={item.key === current} />
            ))}
          </ul>
        </>
      )}
    </nav>
  );
}

function RailItem({ item, isCurrent }: { item: ShellItem; isCurrent: boolean }) {
  return (
    <li>
      <Link
        href={item.href}
        aria-current={isCurrent ? "page" : undefined}
        className={cx(
          "calm flex min-h-8 items-center gap-2.5 rounded-md px-2.5 py-1",
          isCurrent ? "bg-selected font-medium text-ink" : "text-ink-muted hover:bg-hover hover:text-ink",
        )}
      >
        <ShellIcon of={item.key} />
        <span className="flex min-w-0 flex-1 flex-wrap items-baseline justify-between gap-x-2">
          <span>{item.label}</span>
          {item.state && (
            <span className="text-xs font-normal text-ink-muted tabular-nums">{item.state}</span>
          )}
        </span>
      </Link>
    </li>
  );
}
