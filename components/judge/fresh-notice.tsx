"use client";

import { type ReactNode, useEffect, useRef } from "react";

/** What has just come of an act whose button is gone: it takes the focus, once, so that it is read. */
export function FreshNotice({ children }: { children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <div ref={box} tabIndex={-1} className="outline-none">
      {children}
    </div>
  );
}
