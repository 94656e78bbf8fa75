import type { Metadata } from "next";
import { loadSignedInPage } from "@/app/load-project-page";
import { ServerView } from "@/components/server/server-view";
import { AppShell } from "@/components/shell/app-shell";
import { NoPermission } from "@/components/ui/no-permission";

export const metadata: Metadata = { title: "This server" };

export default async function ServerPage() {
  const { actor, services } = await loadSignedInPage();
  const { name, isServerAdmin } = actor;
  return (
    <AppShell
      nav={{
        role: "expert",
        items: [{ key: "home", href: "/", label: "Home" }],
        user: { name, isServerAdmin },
      }}
    >
      {isServerAdmin ? (
        <ServerView
          me={actor.userId}
          accounts={services.serverAccounts.list(actor)}
          hasSingleSignOn={services.auth.hasSingleSignOn}
          reach={services.reach.get(actor)}
          workers={services.workers.get(actor)}
        />
      ) : (
        <NoPermission heading="h1" what="look after this server" whoMay="An admin of this server" />
      )}
    </AppShell>
  );
}
