import type { Metadata } from "next";
import { headers } from "next/headers";
import { loadSignedInPage } from "@/app/load-project-page";
import { AccountView } from "@/components/account/account-view";
import { AppShell } from "@/components/shell/app-shell";

export const metadata: Metadata = { title: "Your account" };

export default async function AccountPage() {
  const { actor, services } = await loadSignedInPage();
  const sessions = await services.account.sessions(await headers());
  return (
    <AppShell
      nav={{
        role: "expert",
        items: [{ key: "home", href: "/", label: "Home" }],
        user: { name: actor.name, isServerAdmin: actor.isServerAdmin },
      }}
    >
      <AccountView name={actor.name} sessions={sessions} />
    </AppShell>
  );
}
