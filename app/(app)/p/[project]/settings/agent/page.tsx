import type { Metadata } from "next";
import { loadProjectPage } from "@/app/load-project-page";
import { AgentView } from "@/components/settings/agent-view";

export const metadata: Metadata = { title: "Your agent" };

export default async function AgentPage({ params }: { params: Promise<{ project: string }> }) {
  const { actor, services, project, can } = await loadProjectPage(params);
  services.overview.visit(actor, project.id, `/p/${project.id}/settings/agent`);
  return (
    <AgentView
      project={project}
      initial={services.targets.get(actor, project.id)}
      mayEdit={can("connections:manage")}
    />
  );
}
