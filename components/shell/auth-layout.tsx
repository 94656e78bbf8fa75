import type { ReactNode } from "react";
import { BrandMark } from "./brand";

interface AuthLayoutProps {
  /** The page's h1. */
  title: ReactNode;
  children: ReactNode;
  /** Small words under the card. */
  footer?: ReactNode;
  /** Wider, for the first run. */
  width?: "narrow" | "wide";
}

/** A single card for sign-in, first run, and links that lead nowhere. */
export function AuthLayout({ title, children, footer, width = "narrow" }: AuthLayoutProps) {
  return (
    <div data-shell="" className="flex min-h-dvh flex-col items-center px-4 py-8 sm:justify-center sm:py-12">
      <div className={`w-full ${width === "wide" ? "max-w-2xl" : "max-w-md"}`}>
        <header className="mb-6 flex items-center gap-2 font-semibold">
          <BrandMark className="size-6" />
          Touchstone
        </header>
        <main
          id="main"
          tabIndex={-1}
          className="rounded-lg border border-line bg-raised p-5 text-base shadow-low sm:p-8"
        >
          <h1 className="text-xl font-semibold">{title}</h1>
          <div className="mt-3">{children}</div>
        </main>
        {footer && <footer className="mt-4 px-1 text-ink-muted">{footer}</footer>}
      </div>
    </div>
  );
}
