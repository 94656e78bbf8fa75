"use client";

import type { ReactNode } from "react";
import { Callout } from "@/components/ui/callout";
import { CopyButton } from "@/components/ui/copy-button";

interface NewLinkProps {
  title: ReactNode;
  link: string;
  children?: ReactNode;
}

/** A link that is shown this once, to copy and send. */
export function NewLink({ title, link, children }: NewLinkProps) {
  return (
    <Callout title={title} tone="accent">
      {children}
      <p className="mt-2 flex flex-wrap items-center gap-2">
        <code className="min-w-0 break-all rounded bg-sunken px-2 py-1 font-mono text-sm">{link}</code>
        <CopyButton text={link} label="Copy link to send" />
      </p>
      <p className="mt-2 text-ink-muted">It is shown this once; only its fingerprint is kept here.</p>
    </Callout>
  );
}
