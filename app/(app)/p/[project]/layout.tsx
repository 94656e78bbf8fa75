import type { ReactNode } from "react";
import { loadProjectPage } from "@/app/load-project-page";
import { AppShell } from "@/components/shell/app-shell";
import type { ShellItem } from "@/components/shell/shell-nav";

interface ProjectLayoutProps {
  children: ReactNode;
  params: Promise<{ project: string }>;
}

/** The shell round every page of a project. */
export default async function ProjectLayout({ children, params }: ProjectLayoutProps) {
  const { actor, services, project, role } = await loadProjectPage(params);
  const items: ShellItem[] = services.overview
    .nav(actor, project.id)
    .map(({ key, href, label, state }) =>
      state === null ? { key, href, label } : { key, href, label, state },
    );
  const home: ShellItem = { key: "home", href: "/", label: "Home" };
  const label: ShellItem = {
    key: "label",
    href: services.overview.labelHref(actor, project.id),
    label: "Label",
  };
  const { id, name, simulated } = project;
  return (
    <AppShell
      nav={{
        project: { id, name, simulated },
        role,
        items: [home, ...items, label],
        user: { name: actor.name, isServerAdmin: actor.isServerAdmin },
      }}
    >
      {children}
    </AppShell>
  );
}
