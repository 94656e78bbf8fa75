import type { Metadata } from "next";
import { loadSignedInPage } from "@/app/load-project-page";
import { StorageView } from "@/components/server/storage-view";
import { AppShell } from "@/components/shell/app-shell";
import { NoPermission } from "@/components/ui/no-permission";

export const metadata: Metadata = { title: "Storage" };

export default async function StoragePage() {
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
        <StorageView initial={services.storage.get(actor)} />
      ) : (
        <NoPermission heading="h1" what="see what is stored" whoMay="An admin of this server" />
      )}
    </AppShell>
  );
}
