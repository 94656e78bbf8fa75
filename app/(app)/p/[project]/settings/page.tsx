import type { Metadata } from "next";
import { loadProjectPage } from "@/app/load-project-page";
import { SettingsView } from "@/components/settings/settings-view";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage({ params }: { params: Promise<{ project: string }> }) {
  const { actor, services, project, can } = await loadProjectPage(params);
  services.overview.visit(actor, project.id, `/p/${project.id}/settings`);
  return (
    <SettingsView
      project={project}
      connections={services.connections.list(actor)}
      members={services.members.list(actor, project.id)}
      promptVersionId={services.runs.launchOptions(actor, project.id).prompts[0]?.promptVersionId ?? null}
      answers={project.settings.target ?? "chat"}
      keys={can("keys:manage") ? services.keys.list(actor, project.id) : null}
      webhooks={can("keys:manage") ? services.webhooks.list(actor, project.id) : null}
      may={{ manage: can("project:manage"), connections: can("connections:manage") }}
    />
  );
}
