"use client";

import { CircleHelp, X } from "lucide-react";
import { type ReactNode, useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { LinkButton } from "@/components/ui/link-button";
import { useShortcuts } from "@/components/ui/shortcuts";
import { SimulatedTag } from "@/components/ui/simulated-tag";
import { LazyKeysDialog } from "./lazy-keys-dialog";
import { SkipLink } from "./skip-link";

interface FocusLayoutProps {
  /** Where one is, as text: "4 of 12 · about 6 min". */
  progress: ReactNode;
  /** Where Leave goes. Nothing is lost by leaving. */
  leaveHref: string;
  /** Names what scrolls, for screen readers: "Question and answer". */
  label: string;
  children: ReactNode;
  /** What stays in reach of the thumb: grades, Save and next. */
  bar?: ReactNode;
  isSimulated?: boolean;
}

/**
 * One task and nothing else. The page scrolls between header and bar, so that the bar never
 * covers what has the focus (WCAG 2.4.11).
 */
export function FocusLayout({ progress, leaveHref, label, children, bar, isSimulated }: FocusLayoutProps) {
  const [areKeysShown, setKeysShown] = useState(false);
  useShortcuts([{ keys: "?", label: "All keys", group: "Everywhere", onPress: () => setKeysShown(true) }]);
  return (
    <div
      data-shell=""
      data-focus-layout=""
      className="grid h-dvh grid-cols-[minmax(0,1fr)] grid-rows-[auto_minmax(0,1fr)]"
    >
      <SkipLink />
      <header
        className="flex min-h-12 items-center gap-3 border-b border-line bg-surface px-3 md:px-4"
        data-print="hide"
      >
        <div className="min-w-0 flex-1 tabular-nums text-ink-muted">{progress}</div>
        {isSimulated && <SimulatedTag className="shrink-0" />}
        <span className="hidden sm:contents">
          <IconButton
            label="Keys"
            size="sm"
            onClick={() => setKeysShown(true)}
            icon={<CircleHelp aria-hidden="true" className="size-4" />}
          />
        </span>
        <LinkButton
          href={leaveHref}
          variant="quiet"
          size="sm"
          icon={<X aria-hidden="true" className="size-4" />}
        >
          Leave
        </LinkButton>
      </header>
      <main id="main" tabIndex={-1} className="grid min-h-0 min-w-0 grid-rows-[minmax(0,1fr)_auto]">
        <section
          aria-label={label}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
          tabIndex={0}
          className="inset-focus scroll-py-4 overflow-y-auto px-4 py-5 sm:px-6"
        >
          <div className="mx-auto w-full max-w-6xl">{children}</div>
        </section>
        {bar && (
          <div
            data-print="hide"
            className="max-h-[55dvh] overflow-y-auto border-t border-line bg-raised px-4 pt-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] sm:px-6"
          >
            <div className="mx-auto w-full max-w-6xl">{bar}</div>
          </div>
        )}
      </main>
      <LazyKeysDialog isNeeded={areKeysShown} open={areKeysShown} onOpenChange={setKeysShown} />
    </div>
  );
}
