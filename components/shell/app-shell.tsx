"use client";

import { CircleHelp } from "lucide-react";
import Link from "next/link";
import { usePathname, useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { type Shortcut, useShortcuts } from "@/components/ui/shortcuts";
import { SimulatedTag } from "@/components/ui/simulated-tag";
import { useToast } from "@/components/ui/toast";
import { BottomBar } from "./bottom-bar";
import { BrandMark } from "./brand";
import { LazyKeysDialog } from "./lazy-keys-dialog";
import { Rail } from "./rail";
import { currentKey, GO_KEYS, type ShellNav, splitBar, splitRail } from "./shell-nav";
import { signOut } from "./sign-out";
import { SkipLink } from "./skip-link";
import { UserMenu } from "./user-menu";

interface AppShellProps {
  nav: ShellNav;
  children: ReactNode;
  /** Something in the header, such as the search. */
  headerEnd?: ReactNode;
}

/** Header, side rail and, on phones, a bottom bar round a page. */
export function AppShell({ nav, children, headerEnd }: AppShellProps) {
  const [areKeysShown, setKeysShown] = useState(false);
  const current = currentKey(nav.items, usePathname());
  const rail = splitRail(nav);
  const bar = splitBar(nav);
  useGoShortcuts(nav, () => setKeysShown(true));
  return (
    <div
      data-shell=""
      className="grid min-h-dvh grid-cols-[minmax(0,1fr)] grid-rows-[auto_1fr] md:grid-cols-[13.5rem_minmax(0,1fr)]"
    >
      <SkipLink />
      <Header nav={nav} onShowKeys={() => setKeysShown(true)}>
        {headerEnd}
      </Header>
      <div className="hidden border-e border-line bg-sunken md:block" data-print="hide">
        <div className="sticky top-12 max-h-[calc(100dvh-3rem)] overflow-y-auto">
          <Rail {...rail} current={current} />
        </div>
      </div>
      <main id="main" tabIndex={-1} className="min-w-0 px-4 pt-6 pb-24 sm:px-6 md:pb-12 lg:px-10">
        <div className="mx-auto w-full max-w-6xl">{children}</div>
      </main>
      <div className="fixed inset-x-0 bottom-0 z-30 md:hidden" data-print="hide">
        <BottomBar {...bar} current={current} />
      </div>
      <LazyKeysDialog isNeeded={areKeysShown} open={areKeysShown} onOpenChange={setKeysShown} />
    </div>
  );
}

interface HeaderProps {
  nav: ShellNav;
  onShowKeys: () => void;
  children: ReactNode;
}

function Header({ nav, onShowKeys, children }: HeaderProps) {
  const { toast } = useToast();
  const leave = () => {
    signOut().catch(() =>
      toast({ title: "You are still signed in: the server did not answer.", mark: "warning" }),
    );
  };
  const overview = nav.items.find((item) => item.key === "overview")?.href;
  return (
    <header
      data-print="hide"
      className="sticky top-0 z-20 col-span-full flex h-12 items-center gap-2 border-b border-line bg-surface px-3 sm:gap-3 md:px-4"
    >
      <Link href="/" className="flex items-center gap-2 rounded-md py-1 font-semibold">
        <BrandMark />
        <span className={nav.project ? "sr-only sm:not-sr-only" : undefined}>Touchstone</span>
        <span className="sr-only">, Home</span>
      </Link>
      {nav.project && (
        <>
          <span aria-hidden="true" className="text-line-strong">
            /
          </span>
          <Link href={overview ?? "/"} className="min-w-0 truncate rounded-sm" dir="auto">
            {nav.project.name}
          </Link>
          {nav.project.simulated && <SimulatedTag className="shrink-0" />}
        </>
      )}
      <div className="ms-auto flex shrink-0 items-center gap-1">
        {children}
        <span className="hidden sm:contents">
          <IconButton
            label="Keys"
            size="sm"
            onClick={onShowKeys}
            icon={<CircleHelp aria-hidden="true" className="size-4" />}
          />
        </span>
        <UserMenu {...nav.user} onShowKeys={onShowKeys} onSignOut={leave} />
      </div>
    </header>
  );
}

/** `?` lists all keys; `g` and a letter goes to a step of the loop. */
function useGoShortcuts(nav: ShellNav, onShowKeys: () => void) {
  const router = useRouter();
  const go = nav.items.map<Shortcut>((item) => ({
    keys: `g ${GO_KEYS[item.key]}`,
    label: `Go to ${item.label}`,
    group: "Everywhere",
    onPress: () => router.push(item.href),
  }));
  useShortcuts([{ keys: "?", label: "All keys", group: "Everywhere", onPress: onShowKeys }, ...go]);
}
