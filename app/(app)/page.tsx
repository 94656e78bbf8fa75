import type { Metadata } from "next";
import { loadSignedInPage } from "@/app/load-project-page";
import { HomeView } from "@/components/home/home-view";
import { AppShell } from "@/components/shell/app-shell";

export const metadata: Metadata = { title: "Home" };

export default async function HomePage() {
  const { actor, services } = await loadSignedInPage();
  const home = services.overview.home(actor);
  return (
    <AppShell
      nav={{
        role: "expert",
        items: [{ key: "home", href: "/", label: "Home" }],
        user: { name: actor.name, isServerAdmin: actor.isServerAdmin },
      }}
    >
      <HomeView home={home} />
    </AppShell>
  );
}
