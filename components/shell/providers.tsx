"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import { ThemeProvider } from "next-themes";
import { type ReactNode, useState } from "react";
import { AnnouncerProvider } from "@/components/ui/announcer";
import { ShortcutsProvider } from "@/components/ui/shortcuts";
import { ToastProvider } from "@/components/ui/toast";
import { createQueryClient } from "@/lib/queries/query-client";

/** What every page may use: theme, queries, toasts, one polite live region, keys. */
export function Providers({ children, nonce }: { children: ReactNode; nonce: string | undefined }) {
  const [queryClient] = useState(createQueryClient);
  return (
    <ThemeProvider
      attribute="class"
      defaultTheme="system"
      enableSystem
      disableTransitionOnChange
      storageKey="touchstone.theme"
      nonce={nonce}
    >
      <QueryClientProvider client={queryClient}>
        <AnnouncerProvider>
          <ShortcutsProvider>
            <ToastProvider>{children}</ToastProvider>
          </ShortcutsProvider>
        </AnnouncerProvider>
      </QueryClientProvider>
    </ThemeProvider>
  );
}
