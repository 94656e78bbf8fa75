import type { Metadata } from "next";
import { loadSignedInPage } from "@/app/load-project-page";
import { ServerView } from "@/components/server/server-view";
import { ServerFrame } from "./server-frame";

export const metadata: Metadata = { title: "This server" };

export default async function ServerPage() {
  const { actor, services } = await loadSignedInPage();
  return (
    <ServerFrame actor={actor} what="look after this server">
      {() => (
        <ServerView
          me={actor.userId}
          accounts={services.serverAccounts.list(actor)}
          hasSingleSignOn={services.auth.hasSingleSignOn}
          reach={services.reach.get(actor)}
          workers={services.workers.get(actor)}
        />
      )}
    </ServerFrame>
  );
}
