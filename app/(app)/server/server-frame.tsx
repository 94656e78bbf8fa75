import type { ReactNode } from "react";
import type { SignedInPage } from "@/app/load-project-page";
import { AppShell } from "@/components/shell/app-shell";
import { NoPermission } from "@/components/ui/no-permission";

interface ServerFrameProps {
  actor: SignedInPage["actor"];
  /** What the page is for, for those who may not: "see what is stored". */
  what: string;
  /** Called for admins of the server only. */
  children: () => ReactNode;
}

/** The shell of the pages about the server as a whole, and the door before them. */
export function ServerFrame({ actor: { name, isServerAdmin }, what, children }: ServerFrameProps) {
  return (
    <AppShell
      nav={{
        role: "expert",
        items: [{ key: "home", href: "/", label: "Home" }],
        user: { name, isServerAdmin },
      }}
    >
      {isServerAdmin ? (
        children()
      ) : (
        <NoPermission heading="h1" what={what} whoMay="An admin of this server" />
      )}
    </AppShell>
  );
}
